"""The ledger after a sync with a real Intercom over HTTP: every stream balances, or says why it does not."""

from dataclasses import replace
from typing import Any

import pytest

from integrations import coverage, ledger, parts, snapshot
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.parts import Parts
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connected, sync

PARTS_MOST = 500  # that Intercom gives of one conversation


def read(connection: Connection) -> dict[str, ledger.Entry]:
    with scope(workspace=connection.workspace_id):
        reading = snapshot.read(Connection.objects.get(pk=connection.pk))
        return {entry.stream: entry for entry in ledger.entries(reading)}


def reasons(entry: ledger.Entry) -> dict[str, int]:
    return {one.reason: one.count for one in entry.differences}


def parts_of(connection: Connection) -> Parts:
    with scope(workspace=connection.workspace_id):
        return snapshot.read(connection).parts


def count(intercom: Sandbox, kind: str) -> int:
    return sum(row["type"] == kind for row in intercom.objects())


def first(intercom: Sandbox, kind: str, **wanted: object) -> dict[str, Any]:
    rows = (row for row in intercom.objects() if row["type"] == kind)
    return next(row for row in rows if all(row[name] == value for name, value in wanted.items()))


def test_every_stream_balances_after_a_whole_sync(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    told = read(connection)
    kinds = {"conversations": "conversation", "contacts": "contact", "companies": "company", "tags": "tag"}
    assert all(entry.balances and entry.accounted_for for entry in told.values())
    assert {stream: told[stream].held for stream in kinds} == {
        stream: count(intercom, kind) for stream, kind in kinds.items()
    }


def test_it_balances_again_after_changes(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.mutate("add_conversation", text="A new one.")
    intercom.mutate("add_contact", name="Somebody New", email="new@halden.example")
    intercom.mutate("delete_conversation", id=first(intercom, "conversation")["id"])
    sync(connection)
    assert all(entry.balances for entry in read(connection).values())


@pytest.mark.parametrize("days", [0, 7, 30])
def test_what_closed_before_the_lookback_is_counted_and_named(
    workspace: Workspace, intercom: Sandbox, settings: Any, days: int
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]
    connection = connected(workspace, intercom, lookback_days=days)
    sync(connection)
    entry = read(connection)["conversations"]
    assert entry.held < entry.said == count(intercom, "conversation")
    assert reasons(entry) == {"before_lookback": entry.said - entry.held}
    assert entry.accounted_for


def test_a_conversation_that_cannot_be_read_is_one_of_the_dead_letters(
    connection: Connection, intercom: Sandbox
) -> None:
    chosen = first(intercom, "conversation", state="open")["id"]
    intercom.fail(f"/conversations/{chosen}", kind="raw", body='{"type":"conversation","id":[1]}', times=None)
    sync(connection)
    entry = read(connection)["conversations"]
    assert reasons(entry) == {"dead_letters": 1}
    assert entry.why == "1 could not be read"


def test_a_conversation_that_is_not_there_yet_is_waiting(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    chosen = intercom.mutate("add_conversation", text="Seen and not read.")["id"]
    intercom.fail(f"/conversations/{chosen}", kind="status", status=404, code="not_found", times=None)
    sync(connection)
    entry = read(connection)["conversations"]
    assert reasons(entry) == {"pending": 1}
    assert (entry.still_to_come, entry.why) == (1, "1 waiting to be read")


@pytest.mark.parametrize(
    ("path", "stream"), [("/tags", "tags"), ("/admins", "teammates"), ("/companies*", "companies")]
)
def test_a_stream_that_may_not_be_read_says_so_and_nothing_else(
    connection: Connection, intercom: Sandbox, path: str, stream: str
) -> None:
    intercom.fail(path, kind="status", status=403, code="forbidden", times=None)
    sync(connection)
    told = read(connection)
    assert (told[stream].reason, told[stream].why) == ("not_allowed", "not allowed for this token")
    assert not told[stream].balances
    assert all(entry.balances for name, entry in told.items() if name != stream)


def test_a_stream_that_the_plan_leaves_out_says_so(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/tags", kind="status", status=403, code="api_plan_restricted", times=None)
    sync(connection)
    assert (read(connection)["tags"].reason, read(connection)["tags"].why) == ("plan", "not in your Intercom plan")


def test_what_was_deleted_after_the_count_is_named(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.mutate("delete_conversation", id=first(intercom, "conversation")["id"])
    _run_on_schedule(connection, counted_ago=60)
    assert reasons(read(connection)["conversations"]) == {"deleted_since": 1}


def test_what_the_search_counts_although_it_was_just_deleted_is_named(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    intercom.settings(lag_seconds=30)
    intercom.mutate("delete_conversation", id=first(intercom, "conversation")["id"])
    sync(connection)
    entry = read(connection)["conversations"]
    assert (reasons(entry), entry.why) == ({"index_lag": 1}, "1 still in its index")


def test_what_is_new_since_the_count_is_named(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.mutate("add_conversation", text="Nobody counted me.")
    _run_on_schedule(connection, counted_ago=60)
    entry = read(connection)["conversations"]
    assert (reasons(entry), entry.why) == ({"created_since": -1}, "1 new since it was counted")


def test_what_the_index_shows_too_late_for_the_count_is_named(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    intercom.mutate("add_conversation", text="Found, and not in the count of a moment ago.")
    _run_on_schedule(connection)
    entry = read(connection)["conversations"]
    assert (reasons(entry), entry.why) == ({"index_lag": -1}, "1 not yet in Intercom's index")


def test_more_messages_than_intercom_gives_are_counted_as_not_retrievable(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    long_ones = [row for row in intercom.objects() if row["type"] == "conversation" and row["parts_total"] > PARTS_MOST]
    told, lost = parts_of(connection), sum(row["parts_total"] - PARTS_MOST for row in long_ones)
    assert (told.not_retrievable, told.cut, told.unreadable) == (lost, len(long_ones), 0)
    assert told.said == told.held + lost > 500


def test_a_message_that_intercom_gives_no_longer_is_held_all_the_same(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    before = parts_of(connection)
    chosen = max(
        (row for row in intercom.objects() if row["type"] == "conversation"), key=lambda row: row["parts_total"]
    )
    intercom.mutate("reply", id=chosen["id"], text="One more, and Intercom hands out the newest 500.")
    sync(connection)
    assert parts_of(connection) == replace(before, said=before.said + 1, held=before.held + 1)


def test_a_message_that_cannot_be_read_is_no_message_that_intercom_keeps_back(
    connection: Connection, intercom: Sandbox
) -> None:
    rows = (row for row in intercom.objects() if row["type"] == "conversation")
    chosen = next(row for row in rows if 2 <= row["parts_total"] <= PARTS_MOST)
    odd = {"conversation_parts.conversation_parts.1.id": None}
    intercom.fail(f"/conversations/{chosen['id']}", kind="patch", set=odd, times=None)
    sync(connection)
    told = parts_of(connection)
    assert told.unreadable == 1
    with scope(workspace=connection.workspace_id):
        mine = parts.of_conversation(Conversation.objects.get(external_id=chosen["id"]))
    assert mine == Parts(
        said=chosen["parts_total"], held=chosen["parts_total"] - 1, unreadable=1, not_retrievable=0, cut=0
    )


def test_deletions_are_said_to_be_seen_or_not(connection: Connection, intercom: Sandbox) -> None:
    assert _coverage(connection).deletions_visible is None
    sync(connection)
    assert _coverage(connection).deletions_visible is True
    intercom.fail("/conversations/deleted*", kind="status", status=403, code="forbidden", times=None)
    sync(connection)
    assert _coverage(connection).deletions_visible is False
    assert "weekly comparison" in _coverage(connection).deletions


def _coverage(connection: Connection) -> coverage.Coverage:
    with scope(workspace=connection.workspace_id):
        return coverage.of(snapshot.read(Connection.objects.get(pk=connection.pk)))


def _run_on_schedule(connection: Connection, *, counted_ago: int = 0) -> None:
    """A run that owes no new totals, as most do; the last ones were counted so many seconds ago."""
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(run_due=clock.now())
        connection.streams.update(said_at=clock.now() - counted_ago)
    sync(connection, now=False)
