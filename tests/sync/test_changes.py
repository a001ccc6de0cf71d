"""What changes at Intercom after the first sync is here after the next run."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Message
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, held, sync


@pytest.fixture
def synced(connection: Connection, intercom: Sandbox) -> Connection:
    sync(connection)
    intercom.reset_log()
    return connection


def conversations(intercom: Sandbox) -> Iterator[dict[str, Any]]:
    return (row for row in intercom.objects() if row["type"] == "conversation")


def test_a_reply_a_closing_and_a_new_conversation_come_in(synced: Connection, intercom: Sandbox) -> None:
    first, second = list(conversations(intercom))[:2]
    intercom.mutate("reply", id=first["id"], text="Still nothing here.")
    intercom.mutate("close", id=second["id"])
    intercom.mutate("add_conversation", text="A question of my own.")
    sync(synced)
    assert not difference(synced, intercom)
    assert intercom.counts()["GET /conversations/*"] == 3


def test_all_parts_of_a_changed_conversation_are_read_again(synced: Connection, intercom: Sandbox) -> None:
    chosen = max(conversations(intercom), key=lambda row: row["parts_held"] if row["parts_held"] < 400 else 0)
    intercom.mutate("reply", id=chosen["id"], text="One more.")
    sync(synced)
    ours = held(synced)["conversation", "", chosen["id"]]
    assert ours["parts_held"] == ours["parts_total"] == chosen["parts_held"] + 1


def test_a_conversation_that_the_search_shows_late_is_found(synced: Connection, intercom: Sandbox) -> None:
    intercom.settings(lag_seconds=3_600)
    intercom.mutate("add_conversation", text="Nobody can find me yet.")
    sync(synced)
    assert difference(synced, intercom)
    sync(synced)
    intercom.mutate("catch_up")
    sync(synced)
    assert not difference(synced, intercom)


def test_what_changes_on_the_boundary_second_of_a_window_is_not_lost(synced: Connection, intercom: Sandbox) -> None:
    edge = int(time.time()) - 300
    rows = list(conversations(intercom))[5:8]
    for row, at in zip(rows, (edge - 1, edge, edge + 1), strict=True):
        intercom.mutate("reply", id=row["id"], text="On the edge.", at=at)
    sync(synced)
    assert not difference(synced, intercom)


def test_more_changes_in_one_second_than_a_page_holds_are_all_read(synced: Connection, intercom: Sandbox) -> None:
    for number in range(160):
        intercom.mutate("add_conversation", text=f"Number {number}.")
    intercom.mutate("touch", ids=[int(row["id"]) for row in conversations(intercom)][-155:])
    sync(synced)
    assert not difference(synced, intercom)


def test_a_deleted_conversation_goes_with_its_words(synced: Connection, intercom: Sandbox) -> None:
    chosen = next(conversations(intercom))
    intercom.mutate("delete_conversation", id=chosen["id"])
    sync(synced)
    assert not difference(synced, intercom)
    with scope(workspace=synced.workspace_id):
        assert not Message.objects.filter(conversation__external_id=chosen["id"]).exists()


def test_redacted_words_go_and_the_message_stays(synced: Connection, intercom: Sandbox) -> None:
    chosen = next(row for row in conversations(intercom) if 2 < row["parts_held"] < 400)
    part = intercom.mutate("redact_part", id=chosen["id"])["part_id"]
    sync(synced)
    with scope(workspace=synced.workspace_id):
        message = Message.objects.get(conversation__external_id=chosen["id"], external_id=part)
        assert (message.redacted, message.text, message.html) == (True, "", "")


def test_a_renamed_tag_keeps_its_place(synced: Connection, intercom: Sandbox) -> None:
    tag = next(row for row in intercom.objects() if row["type"] == "tag")
    intercom.mutate("rename_tag", id=tag["id"], name="Renamed here")
    sync(synced)
    assert held(synced)["tag", "", tag["id"]]["name"] == "Renamed here"


def test_a_contact_that_changed_today_is_read_today(synced: Connection, intercom: Sandbox) -> None:
    contact = next(row for row in intercom.objects() if row["type"] == "contact")
    intercom.mutate("change_contact", id=contact["id"], set={"name": "Renamed Today"})
    intercom.mutate("add_contact", name="Nobody Before", email="nobody@halden.example")
    sync(synced)
    assert not difference(synced, intercom)


def test_what_changes_while_it_is_walked_is_read_in_the_next_run(connection: Connection, intercom: Sandbox) -> None:
    chosen = next(row for row in conversations(intercom) if row["state"] == "open")
    for request in (3, 6, 9):
        intercom.after(request, {"op": "reply", "id": chosen["id"], "text": f"During request {request}."})
    intercom.after(8, {"op": "close", "id": chosen["id"]})
    sync(connection)
    sync(connection)
    assert not difference(connection, intercom)
