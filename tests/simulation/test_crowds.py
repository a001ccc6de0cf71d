"""More changes in one second than a slice has time to page through."""

from unittest import mock

import pytest

from integrations.models import SyncRun
from integrations.sync import search
from sonora.workspaces.scoping import scope
from tests.simulation import scripts
from tests.simulation.life import Life

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]
PAGES = 3  # of five: there are eight in the second


def change_forty_at_once(life: Life) -> None:
    life.intercom.change(sorted(life.intercom.live()))
    life.wait()
    with mock.patch.object(search, "PAGES", PAGES):
        life.work()


def test_more_in_one_second_than_can_be_paged_is_found_by_the_reconciliation() -> None:
    with scripts.calm_life(conversations=40, sweeps=True) as life:
        change_forty_at_once(life)
        assert scripts.in_the_end(life) == []


def test_it_is_told_in_the_run_and_the_run_alone_does_not_find_it() -> None:
    with scripts.calm_life(conversations=40) as life:
        change_forty_at_once(life)
        with scope(workspace=life.connection.workspace_id):
            assert any("More changed in one second" in issue for run in SyncRun.objects.all() for issue in run.issues)
        assert len(scripts.in_the_end(life)) >= 40 - 5 * PAGES
