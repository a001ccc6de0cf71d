"""What is open there beside what is open here: changes that came without a date."""

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import conversations, sweep


def test_a_conversation_closed_without_a_new_date_does_not_stay_open(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    chosen = next(row["id"] for row in conversations(intercom) if row["state"] == "open")
    intercom.mutate("change_conversation", id=chosen, set={"state": "closed", "open": False}, quietly=True)
    sync(connection)
    assert difference(connection, intercom).other
    sweep(connection, "open")
    assert not difference(connection, intercom)


def test_a_conversation_opened_without_a_new_date_does_not_stay_closed(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    chosen = next(row["id"] for row in conversations(intercom) if row["state"] == "closed")
    intercom.mutate("change_conversation", id=chosen, set={"state": "open", "open": True}, quietly=True)
    sweep(connection, "open")
    assert not difference(connection, intercom)
