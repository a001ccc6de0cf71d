"""Searches of a span of time that always fail: only what lies in it waits."""

from datetime import UTC
from typing import Any

import pytest

from integrations.errors import ProviderUnavailable, SpanUnreadable
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, RunLine, SyncRun, SyncState
from integrations.sync import engine, spans
from integrations.sync.failures import GIVE_UP
from sonora.core import clock, words
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, held, sync
from tests.sync.sweeping import state_of, sweep

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.mark.parametrize("kind", ["status", "html", "huge", "truncated"])
def test_a_window_that_fails_is_asked_for_in_shorter_ones(connection: Connection, intercom: Sandbox, kind: str) -> None:
    details = {"status": 500} if kind == "status" else {"megabytes": 21} if kind == "huge" else {}
    intercom.fail("/conversations/search", kind=kind, times=7, **details)
    assert sync(connection).ended is engine.Ended.IDLE
    assert not difference(connection, intercom)


def test_a_second_that_cannot_be_searched_holds_up_nothing_else(connection: Connection, intercom: Sandbox) -> None:
    at = _a_second_that_fails(connection, intercom)
    later = intercom.mutate("add_conversation", text="Is anybody there?")["id"]
    intercom.mutate("add_contact", name="Nia Frost")
    before = state_of(connection).watermark
    assert sync(connection).ended is engine.Ended.FAILED
    assert {kind for kind, *_ in difference(connection, intercom).missing} == {"message"}
    assert ("conversation", "", later) in held(connection)
    assert state_of(connection).watermark == before
    with scope(workspace=connection.workspace_id):
        told = RunLine.objects.filter(level=RunLine.Level.ERROR).values_list("text", flat=True)
        assert _named(at) in told[0]
    intercom.clear()
    assert sync(connection, now=False).ended is engine.Ended.IDLE
    assert not difference(connection, intercom)


def test_a_second_that_cannot_be_searched_is_tried_again_ever_less_often_and_pauses_nothing(
    connection: Connection, intercom: Sandbox
) -> None:
    _a_second_that_fails(connection, intercom)
    assert [sync(connection).wait for _ in range(5)] == [5, 15, 60, 120, 900]
    a_day_later = clock.now() + GIVE_UP + 1
    with clock.use(lambda: a_day_later):
        assert sync(connection, now=False).wait == 900


def test_a_pass_over_a_second_that_cannot_be_searched_is_put_off_and_told(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    at = clock.now() - 3_600
    intercom.fail("/conversations/search", kind="status", status=500, times=None, second=at)
    sweep(connection, "day", "week")
    (day, week) = state_of(connection).remarks
    assert _named(at) in day
    assert day == week


def test_a_tail_that_cannot_be_searched_is_left_to_the_next_run(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.fail("/conversations/search", kind="status", status=500, times=None, second=clock.now() + 1_000)
    with scope(workspace=connection.workspace_id):
        SyncState.objects.update(run_due=clock.now())
    assert sync(connection, now=False).ended is engine.Ended.IDLE
    with scope(workspace=connection.workspace_id):
        assert "can't be searched" in SyncRun.objects.order_by("-pk")[0].issues[0]


def test_where_nothing_is_answered_no_search_is_blamed(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.fail("*", kind="status", status=500, times=None, skip=1)
    intercom.reset_log()
    outcome = sync(connection)
    assert isinstance(outcome.error, ProviderUnavailable)
    assert not isinstance(outcome.error, SpanUnreadable)
    assert intercom.log()["total"] < 20


def test_a_search_that_is_away_is_asked_few_times_and_read_when_it_is_back(
    connection: Connection, intercom: Sandbox
) -> None:
    intercom.fail("/conversations/search", kind="status", status=500, times=None)
    assert sync(connection).ended is engine.Ended.FAILED
    assert intercom.counts()["POST /conversations/search"] < 70
    assert {"contact", "company"} <= {kind for kind, *_ in held(connection)}
    intercom.clear()
    sync(connection, now=False)
    assert not difference(connection, intercom)


def test_a_search_that_never_ends_leaves_each_slice_time_for_all_else(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spans, "LONGEST", 0.2)
    monkeypatch.setattr(spans, "IN_VAIN", 0.1)
    _a_second_that_fails(connection, intercom, kind="hang", seconds=60, field="updated_at")
    later = intercom.mutate("add_conversation", text="Is anybody there?")["id"]
    intercom.mutate("add_contact", name="Nia Frost")
    before = state_of(connection).watermark
    intercom.reset_log()
    with scope(workspace=connection.workspace_id):
        SyncState.objects.update(now_requested_at=clock.now())
    assert engine.run_slice(connection.pk).ended is engine.Ended.MORE
    assert intercom.counts()["POST /conversations/search"] == 2  # a window, and the total
    assert {kind for kind, *_ in difference(connection, intercom).missing} == {"conversation", "message"}
    assert sync(connection, now=False).ended is engine.Ended.FAILED
    assert {kind for kind, *_ in difference(connection, intercom).missing} == {"message"}
    assert ("conversation", "", later) in held(connection)
    assert (state_of(connection).watermark, state_of(connection).spans) == (before, {"up": 1})
    intercom.clear()
    assert sync(connection, now=False).ended is engine.Ended.IDLE
    assert not difference(connection, intercom)
    assert state_of(connection).spans == {}


def _a_second_that_fails(connection: Connection, intercom: Sandbox, **fault: Any) -> int:
    """All is read, then something changes in a second that no search tells of."""
    sync(connection)
    at = clock.now() - 100
    chosen = next(row["id"] for row in intercom.objects() if row["type"] == "conversation" and row["state"] == "open")
    intercom.mutate("reply", id=chosen, text="Any news?", at=at)
    intercom.fail("/conversations/search", times=None, second=at, **(fault or {"kind": "status", "status": 500}))
    return at


def _named(at: int) -> str:
    return words.exact(words.moment(at), zone=UTC)
