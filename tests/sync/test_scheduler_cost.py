"""What a tick costs does not grow with the connections that rest."""

from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations.sync import scheduler
from integrations.sync.due import due, under_way
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.integrations import NOW
from tests.sync.rows import many

RESTING = [NOW + 1 + number % 900 for number in range(2_000)]


@pytest.fixture
def resting(db: None, settings: Any) -> None:
    settings.SYNC_PLACES = 8
    many(len(RESTING), next_due=RESTING)
    many(3, next_due=NOW)
    many(2, next_due=NOW, lease_owner="worker", lease_until=NOW + 60)
    with database.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.usefixtures("resting")
def test_who_is_due_is_found_by_index() -> None:
    with scopes_disabled():
        assert "sync_state_due" in due(NOW).order_by("vtime")[:8].explain()


@pytest.mark.skipif(database.vendor == "sqlite", reason="SQLite cannot tell that a parameter is what the index wants")
@pytest.mark.usefixtures("resting")
def test_who_works_is_found_by_index() -> None:
    with scopes_disabled():
        plan = under_way(NOW).explain()
    assert "sync_state_sent" in plan
    assert "sync_state_at_work" in plan


@pytest.mark.usefixtures("resting")
def test_a_tick_costs_a_dozen_queries_beside_2000_connections() -> None:
    with clock.fixed(NOW):
        scheduler.tick()
        with CaptureQueriesContext(database) as asked:
            scheduler.tick()
            assert len(scheduler.pick()) == 3
    assert len(asked) <= 12
