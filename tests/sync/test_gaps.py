"""A first sync goes past a second that no search tells: what is older comes in, and the second is asked for again."""

import pytest

from integrations import snapshot
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncRun, SyncState
from integrations.sync import engine
from integrations.sync.gaps import IN_A_ROW
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import conversations, state_of

pytestmark = pytest.mark.usefixtures("impatient")
SEARCH = "/conversations/search"


def test_what_is_older_than_a_second_that_fails_comes_in(connection: Connection, intercom: Sandbox) -> None:
    at, lost = _a_second_that_fails(intercom)
    assert sync(connection).ended is engine.Ended.IDLE
    assert _missing(connection, intercom) == lost
    with scope(workspace=connection.workspace_id):
        reading = snapshot.read(Connection.objects.get())
        run = SyncRun.objects.get()
    assert (reading.complete_back_to, reading.backfill_done) == (at + 1, True)
    assert run.result == SyncRun.Result.PARTLY
    assert "All that is older is read meanwhile." in run.issues[0]


def test_each_run_asks_once_for_what_is_missing_until_it_is_told(connection: Connection, intercom: Sandbox) -> None:
    at, lost = _a_second_that_fails(intercom)
    sync(connection)
    _run(connection)
    (gap,) = state_of(connection).gaps
    assert (gap["set"], gap["lo"], gap["hi"]) == ("closed", at, at)
    with scope(workspace=connection.workspace_id):
        again = SyncRun.objects.order_by("pk").last()
    assert again is not None
    assert len(again.issues) == 1
    assert _missing(connection, intercom) == lost
    intercom.clear()
    _run(connection)
    assert state_of(connection).gaps == []
    assert not difference(connection, intercom)


def test_the_reconciliation_finds_what_no_search_for_changes_tells(connection: Connection, intercom: Sandbox) -> None:
    _a_second_that_fails(intercom)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        noted = [{**gap, "noted_at": gap["noted_at"] - 60} for gap in state_of(connection).gaps]
        SyncState.objects.update(gaps=noted)
    sync(connection)  # the second is asked for in vain, and when the run is over all is gone through
    assert (len(noted), state_of(connection).gaps) == (1, [])
    assert not difference(connection, intercom)


def test_of_what_is_open_the_same_holds(connection: Connection, intercom: Sandbox) -> None:
    opened = next(row for row in conversations(intercom) if row["state"] == "open")
    intercom.fail(SEARCH, status=500, times=None, second=opened["created_at"], field="created_at")
    assert sync(connection).ended is engine.Ended.IDLE
    assert [gap["set"] for gap in state_of(connection).gaps] == ["open"]
    assert not difference(connection, intercom)  # the search for changes tells of it


def test_what_a_shorter_lookback_leaves_out_is_asked_for_no_more(connection: Connection, intercom: Sandbox) -> None:
    at, _ = _a_second_that_fails(intercom)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        SyncState.objects.update(closed_edge=at + 1)
    _run(connection)
    assert state_of(connection).gaps == []


def test_a_second_may_take_its_neighbours_along(connection: Connection, intercom: Sandbox) -> None:
    at, _ = _a_second_that_fails(intercom)
    for neighbour in (at - 1, at + 1):
        intercom.fail(SEARCH, status=500, times=None, second=neighbour, field="updated_at")
    assert sync(connection).ended is engine.Ended.IDLE
    assert sorted(gap["lo"] for gap in state_of(connection).gaps) == [at - 1, at, at + 1]
    intercom.clear()
    sync(connection)
    assert not difference(connection, intercom)


def test_where_every_search_fails_it_stops_after_some_seconds(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail(SEARCH, status=500, times=None)
    assert sync(connection).ended is engine.Ended.FAILED
    state = state_of(connection)
    assert [gap["set"] for gap in state.gaps] == ["open"] * IN_A_ROW + ["closed"] * IN_A_ROW
    assert (state.open_done, state.closed_done) == (False, False)
    intercom.clear()
    sync(connection)
    assert not difference(connection, intercom)


def _run(connection: Connection) -> None:
    """A run at once, and no sweep."""
    with scope(workspace=connection.workspace_id):
        SyncState.objects.update(now_requested_at=clock.now())
    while engine.run_slice(connection.pk, may_sweep=False).ended is engine.Ended.MORE:
        pass


def _a_second_that_fails(intercom: Sandbox) -> tuple[int, set[str]]:
    """A second in which something closed changed last, some others before it and some after; and what that is."""
    closed = sorted(
        (row for row in conversations(intercom) if row["state"] == "closed"), key=lambda row: row["updated_at"]
    )
    at = closed[len(closed) // 2]["updated_at"]
    intercom.fail(SEARCH, status=500, times=None, second=at, field="updated_at")
    return at, {row["id"] for row in closed if row["updated_at"] == at}


def _missing(connection: Connection, intercom: Sandbox) -> set[str]:
    lacks = difference(connection, intercom).missing
    return {key[2] for key in lacks if key[0] == "conversation"}
