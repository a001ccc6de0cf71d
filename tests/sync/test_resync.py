"""Reading again what is held: all of it, in lots, beside the runs, and without deleting anything."""

from typing import Any

import pytest

from integrations import resyncs, snapshot
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Pending, SyncRun, SyncState
from integrations.refusals import NotNow
from integrations.sync import engine, pending, resync
from integrations.sync.sweeps import schedule
from sonora.conversations.models import Conversation, Message
from sonora.core import clock
from sonora.people.models import Contact
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, held, sync
from tests.sync.sweeping import conversations, state_of

EVERYTHING = ("conversations", "contacts", "lists")


@pytest.fixture
def synced(connection: Connection) -> Connection:
    """Its first sync is done."""
    sync(connection)
    return connection


def ask(connection: Connection, *objects: str) -> SyncRun:
    with scope(workspace=connection.workspace_id):
        return resyncs.begin(connection, objects, requests=60, by="ada@a.example")


def run_of(connection: Connection) -> SyncRun:
    with scope(workspace=connection.workspace_id):
        return SyncRun.objects.get(kind=SyncRun.Kind.RESYNC)


def asked_for(intercom: Sandbox) -> list[str]:
    """The conversations that were asked for one by one since the log was emptied."""
    paths = [entry["path"] for entry in intercom.requests()]
    return [path.rpartition("/")[2] for path in paths if path.startswith("/conversations/") and path[-1].isdigit()]


def spoil(connection: Connection) -> None:
    """Everything that is held is not what Intercom has, as after a fault of ours, and no date tells."""
    with scope(workspace=connection.workspace_id):
        Conversation.objects.update(title="Spoilt")
        Message.objects.update(text="Spoilt")


def test_every_conversation_is_read_once_more_and_is_as_in_intercom_again(
    synced: Connection, intercom: Sandbox
) -> None:
    spoil(synced)
    intercom.reset_log()
    ask(synced, "conversations")
    sync(synced, now=False)
    assert sorted(asked_for(intercom)) == sorted(row["id"] for row in conversations(intercom))
    assert not difference(synced, intercom)


def test_it_is_one_run_that_counts_what_was_read(synced: Connection) -> None:
    ask(synced, *EVERYTHING)
    sync(synced, now=False)
    run = run_of(synced)
    assert (run.result, run.triggered_by) == ("succeeded", "ada@a.example")
    assert run.read["conversations"] == 60
    assert run.requests > 60
    with scope(workspace=synced.workspace_id):
        assert SyncRun.objects.count() == 2  # the first sync is the other


def test_it_ends_with_nothing_left_to_do(synced: Connection) -> None:
    ask(synced, *EVERYTHING)
    sync(synced, now=False)
    state = state_of(synced)
    assert (state.resync_run, state.resync_owed, state.resync_place, state.sweep) == (None, [], "", "")
    assert schedule.next_due(state) is not None
    assert sync(synced, now=False).requests == 0


def test_people_are_walked_over_once_more(synced: Connection) -> None:
    with scope(workspace=synced.workspace_id):
        Contact.objects.update(fetched_at=1)
    ask(synced, "contacts")
    sync(synced, now=False)
    with scope(workspace=synced.workspace_id):
        assert not Contact.objects.present().filter(fetched_at=1).exists()


def test_nothing_is_deleted_by_it(synced: Connection, intercom: Sandbox) -> None:
    before = held(synced)
    ask(synced, *EVERYTHING)
    sync(synced, now=False)
    assert held(synced) == before


def test_conversations_come_onto_the_list_a_lot_at_a_time(synced: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resync, "LOT", 7)
    lots: list[int] = []
    put = pending.ask

    def watched(*args: Any, **options: Any) -> None:
        put(*args, **options)
        if options["priority"] == pending.AGAIN:
            lots.append(Pending.objects.count())

    monkeypatch.setattr(pending, "ask", watched)
    ask(synced, "conversations")
    sync(synced, now=False)
    assert (len(lots), max(lots)) == (9, 7)
    assert run_of(synced).read["conversations"] == 60


def test_a_run_that_becomes_due_waits_for_one_lot_at_most(
    synced: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resync, "LOT", 10)
    ask(synced, "conversations")
    _slices_until_place(synced)
    intercom.mutate("add_conversation", text="Is it still running?")
    with scope(workspace=synced.workspace_id):
        SyncState.objects.update(run_due=clock.now())
    sync(synced, now=False)
    with scope(workspace=synced.workspace_id):
        scheduled = SyncRun.objects.get(kind=SyncRun.Kind.SCHEDULED)
    assert scheduled.result == "succeeded"
    assert run_of(synced).finished_at >= (scheduled.finished_at or 0)
    assert not difference(synced, intercom)


def test_killed_in_the_middle_it_goes_on_where_it_was(
    synced: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resync, "LOT", 10)
    spoil(synced)
    ask(synced, "conversations")
    _slices_until_place(synced)
    read = len(asked_for(intercom))
    sync(synced, now=False)
    assert not difference(synced, intercom)
    assert len(asked_for(intercom)) <= read + 60


def test_how_far_it_is_can_be_seen(synced: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resync, "LOT", 10)
    ask(synced, "conversations")
    _slices_until_place(synced)
    with scope(workspace=synced.workspace_id):
        seen = resyncs.progress(snapshot.read(synced))
    assert seen is not None
    assert run_of(synced).result == "running", "the lists are read, the conversations are not"
    assert seen.total == 60
    assert 0 <= seen.done < 60
    sync(synced, now=False)
    with scope(workspace=synced.workspace_id):
        assert resyncs.progress(snapshot.read(synced)) is None


def test_it_is_not_begun_twice_nor_before_the_first_sync_is_done(connection: Connection, intercom: Sandbox) -> None:
    with pytest.raises(NotNow, match="still reading everything"):
        ask(connection, "lists")
    sync(connection)
    ask(connection, "conversations")
    with pytest.raises(NotNow, match="already"):
        ask(connection, "contacts")


def _slices_until_place(connection: Connection) -> None:
    """Work until the first lot is on the list, as if the process ended there."""
    for _ in range(50):
        engine.run_slice(connection.pk, stopping=lambda: bool(state_of(connection).resync_place))
        if state_of(connection).resync_place:
            return
    raise AssertionError("no lot was put on the list")
