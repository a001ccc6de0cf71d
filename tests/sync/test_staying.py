"""A slice that used up Intercom's limit waits for the next window where it is, unless somebody else needs the place."""

import time
from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from integrations.sync import engine
from integrations.sync.budget import Terms, opening
from integrations.sync.budget.rules import Told
from sonora.core import clock
from tests.factories.workspaces import WorkspaceFactory
from tests.sync.conftest import connected, difference
from tests.sync.sweeping import state_of

pytestmark = pytest.mark.usefixtures("_nothing_left")


@pytest.fixture
def _nothing_left(connection: Connection) -> None:
    """Intercom has said that nothing is left of a window that ends in half a second."""
    told = Told(0, limit=1_667, remaining=0, reset=int(time.time()), ends_in=0.4)
    opening.PROCESS.windows.exchange(opening.bucket_of(connection), told=[told], want=0, terms=Terms(1.0))


def test_it_goes_on_in_the_next_window(connection: Connection, intercom: Sandbox) -> None:
    assert engine.run_slice(connection.pk, patience=0.2).ended is engine.Ended.IDLE
    assert not difference(connection, intercom)


def test_whoever_finds_no_place_gets_this_one(connection: Connection, intercom: Sandbox, settings: Any) -> None:
    settings.SYNC_PLACES = 1
    connected(WorkspaceFactory(slug="other"), intercom)
    assert engine.run_slice(connection.pk, patience=0.0).ended is engine.Ended.WAIT
    assert (state_of(connection).next_due or 0) > clock.now()


def test_a_place_that_is_free_is_left_to_others(connection: Connection, intercom: Sandbox, settings: Any) -> None:
    settings.SYNC_PLACES = 3
    connected(WorkspaceFactory(slug="other"), intercom)
    assert engine.run_slice(connection.pk, patience=0.2).ended is engine.Ended.IDLE


def test_a_slice_whose_time_is_over_lets_the_next_one_wait_on_at_once(connection: Connection) -> None:
    assert engine.run_slice(connection.pk, seconds=0.1, patience=0.0).ended is engine.Ended.MORE
    assert (state_of(connection).next_due or 0) <= clock.now()


def test_after_a_refusal_the_place_is_given_back(connection: Connection) -> None:
    told = Told(0, refused=True, retry_in=2.0)
    opening.PROCESS.windows.exchange(opening.bucket_of(connection), told=[told], want=0, terms=Terms(1.0))
    assert engine.run_slice(connection.pk, patience=0.0).ended is engine.Ended.WAIT
    assert (state_of(connection).next_due or 0) > clock.now()
