"""What could not be read is read when somebody asks for it again, and then nothing is left of the trouble."""

from typing import Any

import pytest

from integrations import retries
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, Pending
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync


def letters(connection: Connection) -> dict[str, str]:
    with scope(workspace=connection.workspace_id):
        return dict(DeadLetter.objects.values_list("external_id", "stream"))


def try_again(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        retries.try_again(connection, by="ada@a.example")
    sync(connection, now=False)


@pytest.mark.parametrize(
    ("stream", "spoiled"),
    [
        ("conversations", {"kind": "raw", "body": '{"type":"conversation","id":[1]}'}),
        ("messages", {"kind": "patch", "set": {"conversation_parts.conversation_parts.1.id": None}}),
    ],
)
def test_a_conversation_is_read_again_although_it_did_not_change(
    connection: Connection, intercom: Sandbox, stream: str, spoiled: dict[str, Any]
) -> None:
    rows = (row for row in intercom.objects() if row["type"] == "conversation")
    chosen = next(row for row in rows if 2 <= row["parts_total"] <= 400)
    intercom.fail(f"/conversations/{chosen['id']}", times=None, **spoiled)
    sync(connection)
    assert list(letters(connection).values()) == [stream]
    try_again(connection)
    assert list(letters(connection).values()) == [stream], "it is as bad as before"
    intercom.clear()
    try_again(connection)
    assert letters(connection) == {}
    assert not difference(connection, intercom)


def test_one_that_ended_the_worker_is_read_when_it_does_so_no_more(connection: Connection, intercom: Sandbox) -> None:
    chosen = next(row["id"] for row in intercom.objects() if row["type"] == "conversation")
    intercom.fail(f"/conversations/{chosen}", kind="status", status=404, code="not_found", times=1)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        Pending.objects.filter(external_id=chosen).update(attempts=9, not_before=0)
    sync(connection, now=False)
    assert letters(connection) == {chosen: "conversations"}
    try_again(connection)
    assert letters(connection) == {}
    assert not difference(connection, intercom)
