"""Intercom refuses what is asked, or answers against its own contract: no loop, and the rest goes on."""

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, StreamState, SyncState
from integrations.sync import engine
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync


def test_a_version_that_is_not_offered_any_more_stops_everything_until_an_update(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    intercom.fail("*", kind="status", status=400, code="intercom_version_invalid", times=None)
    intercom.reset_log()
    assert sync(connection).ended is engine.Ended.FAILED
    asked = intercom.log()["total"]
    assert engine.run_slice(connection.pk).ended is engine.Ended.BUSY
    assert asked < 4
    assert intercom.log()["total"] == asked
    with scope(workspace=connection.workspace_id):
        assert Connection.objects.get().setup == Connection.Setup.VERSION_REFUSED
        assert SyncState.objects.get().next_due is None


def test_a_search_that_is_refused_turns_off_that_kind_alone(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/contacts*", kind="status", status=400, code="parameter_invalid", times=None)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        off = dict(StreamState.objects.exclude(off_reason="").values_list("stream", "off_reason"))
    assert off == {"contacts": "refused"}
    intercom.clear()
    sync(connection)
    assert not difference(connection, intercom)


@pytest.mark.parametrize("path", ["/teams", "/tags", "/admins"])
def test_a_list_that_is_refused_keeps_nothing_else_from_being_read(
    connection: Connection, intercom: Sandbox, path: str
) -> None:
    intercom.fail(path, kind="status", status=400, code="bad_request", times=None)
    assert sync(connection).ended is engine.Ended.IDLE
    assert intercom.counts()[f"GET {path}"] == 1
    intercom.clear()
    sync(connection)
    assert not difference(connection, intercom)


def test_a_next_page_of_nothing_is_no_answer(connection: Connection, intercom: Sandbox) -> None:
    lie = {"conversations": [], "pages.next": {"page": 2, "starting_after": "WzFd"}}
    intercom.fail("/conversations/search", kind="patch", set=lie, times=None)
    intercom.reset_log()
    outcome = sync(connection)
    assert outcome.ended is engine.Ended.FAILED
    assert intercom.counts()["POST /conversations/search"] < 70  # in ever shorter windows
    intercom.clear()
    sync(connection, now=False)
    assert not difference(connection, intercom)


@pytest.mark.parametrize("told", [0, -1, 10**9, None, "many"])
def test_a_total_that_is_wrong_loses_nothing(connection: Connection, intercom: Sandbox, told: object) -> None:
    intercom.fail("/conversations/search", kind="patch", set={"total_count": told}, times=None)
    sync(connection)
    assert not difference(connection, intercom)
