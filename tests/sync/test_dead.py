"""What could not be read is kept until it is read, or is gone; then nothing of it stays."""

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import conversations, sweep


def letters(connection: Connection) -> list[tuple[str, str]]:
    with scope(workspace=connection.workspace_id):
        return sorted(DeadLetter.objects.values_list("stream", "external_id"))


def spoil_a_message(intercom: Sandbox) -> str:
    """One part of a conversation comes without an id that can be one; returns the conversation's id."""
    chosen: str = conversations(intercom)[0]["id"]
    intercom.mutate("reply", id=chosen, text="Hard to read.")
    spoilt = {"conversation_parts.conversation_parts.0.id": "../me"}
    intercom.fail(f"/conversations/{chosen}", kind="patch", set=spoilt, times=None)
    return chosen


def spoil(intercom: Sandbox, external_id: str) -> None:
    body = '{"type":"conversation","id":[1],"x":1}'
    intercom.fail(f"/conversations/{external_id}", kind="raw", body=body, times=None)


def test_a_message_that_could_be_read_after_all_is_no_dead_letter(connection: Connection, intercom: Sandbox) -> None:
    chosen = spoil_a_message(intercom)
    sync(connection)
    assert [(stream, name.partition(":")[0]) for stream, name in letters(connection)] == [("messages", chosen)]
    intercom.clear()
    intercom.mutate("touch", ids=[chosen])
    sync(connection)
    assert letters(connection) == []
    assert not difference(connection, intercom)


def test_a_conversation_that_is_deleted_takes_its_letters_along(connection: Connection, intercom: Sandbox) -> None:
    chosen = spoil_a_message(intercom)
    sync(connection)
    intercom.clear()
    spoil(intercom, chosen)
    intercom.mutate("touch", ids=[chosen])
    sync(connection)
    assert [stream for stream, _ in letters(connection)] == ["conversations", "messages"]
    intercom.mutate("delete_conversation", id=chosen)
    sync(connection)
    assert letters(connection) == []


def test_the_reconciliation_lets_go_of_letters_that_no_conversation_belongs_to(
    connection: Connection, intercom: Sandbox
) -> None:
    gone, there = (row["id"] for row in conversations(intercom)[:2])
    spoil(intercom, gone)
    spoil(intercom, there)
    sync(connection)
    assert letters(connection) == [("conversations", one) for one in sorted([gone, there])]
    intercom.mutate("delete_conversation", id=gone, without_feed=True)
    later = clock.now() + 60
    with clock.use(lambda: later):
        sweep(connection, "all")
    assert letters(connection) == [("conversations", there)]
