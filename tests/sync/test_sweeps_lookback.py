"""A lookback that was made shorter, and longer again."""

from integrations import connections
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Conversation, Message
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import conversations, state_of


def change_lookback(connection: Connection, days: int | None) -> None:
    with scope(workspace=connection.workspace_id):
        connections.change_settings(
            Connection.objects.get(pk=connection.pk),
            lookback_days=days,
            interval=900,
            show_internal_notes=True,
            by="ada@a.example",
        )


def test_what_a_shorter_lookback_leaves_out_leaves_and_a_longer_one_brings_it_back(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    assert not difference(connection, intercom)
    change_lookback(connection, 20)
    sync(connection, now=False)
    edge = state_of(connection).closed_edge or 0
    with scope(workspace=connection.workspace_id):
        left = Conversation.objects.filter(state="closed", open=False, updated_at__lt=edge)
        assert not left.exists()
        assert not Message.objects.filter(conversation__in=left).exists()
    expected = {row["id"] for row in conversations(intercom) if row["state"] == "closed" and row["updated_at"] < edge}
    assert (
        {key[-1] for key in difference(connection, intercom).missing if key[0] == "conversation"} == expected != set()
    )
    change_lookback(connection, None)
    sync(connection, now=False)
    assert not difference(connection, intercom)
