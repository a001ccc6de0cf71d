"""A file is opened where Intercom says that it lies now: no stored address is followed, and none that is typed."""

import json
from typing import Any

import pytest
from django.urls import reverse

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Message
from sonora.core.secret import SecretStr
from sonora.workspaces.scoping import scope
from tests.factories.conversations import ConversationFactory, MessageFactory
from tests.factories.integrations import ConnectionFactory
from tests.integrations.conftest import House

FRESH = "https://downloads.intercomcdn.example/i/o/1/receipt.pdf?expires=1&signature=fresh"
STALE = {"name": "receipt.pdf", "url": "https://downloads.intercomcdn.example/i/o/1/receipt.pdf?signature=stale"}


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    with scope(workspace=house.workspace):
        connection = ConnectionFactory(workspace=house.workspace, base_url=intercom.url)
        connection.token = SecretStr(intercom.token)
        connection.save()
    return connection


def message(connection: Connection, intercom: Sandbox, attached: Any, **fields: Any) -> Message:
    """A message with one file, of which Intercom says *attached* now."""
    part = {"id": "77", "part_type": "comment", "attachments": attached}
    body = {"type": "conversation", "id": "1001", "conversation_parts": {"conversation_parts": [part]}}
    intercom.fail("/conversations/1001", kind="raw", body=json.dumps(body), times=None)
    with scope(workspace=connection.workspace_id):
        conversation = ConversationFactory(connection=connection, external_id="1001")
        return MessageFactory(conversation=conversation, external_id="77", attachments=[STALE], **fields)


def url(message: Message, place: int = 0) -> str:
    return reverse("message-file", args=[message.pk, place])


def test_a_file_is_opened_where_it_lies_now(house: House, made: Connection, intercom: Sandbox) -> None:
    said = message(made, intercom, [{"name": "receipt.pdf", "url": FRESH}])
    answer = house.ben.get(url(said))
    assert (answer.status_code, answer.headers["Location"]) == (302, FRESH)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert intercom.counts()["GET /conversations/*"] == 1


def test_a_file_that_moved_is_known_by_its_name(house: House, made: Connection, intercom: Sandbox) -> None:
    said = message(
        made, intercom, [{"name": "other.png", "url": "https://a.example/"}, {"name": "receipt.pdf", "url": FRESH}]
    )
    assert house.ben.get(url(said)).headers["Location"] == FRESH


@pytest.mark.parametrize(
    "attached",
    [
        [],
        [{"name": "another.pdf", "url": FRESH}],
        *(
            [{"name": "receipt.pdf", "url": odd}]
            for odd in (
                "http://a.example/x",
                "javascript:alert(1)",
                "//a.example/x",
                "https://",
                "https://a@b.example/",
                None,
                "https://[",
            )
        ),
    ],
)
def test_anything_else_is_a_page_with_words(house: House, made: Connection, intercom: Sandbox, attached: Any) -> None:
    said = message(made, intercom, attached)
    answer = house.ben.get(url(said))
    assert answer.status_code == 200
    assert b"This file can" in answer.content


def test_while_intercom_is_away_or_disconnected_it_is_a_page_with_words(
    house: House, made: Connection, intercom: Sandbox
) -> None:
    said = message(made, intercom, [{"name": "receipt.pdf", "url": FRESH}])
    assert b"This file can" in house.ben.get(url(said, 1)).content
    intercom.clear()
    intercom.fail("/conversations/1001", kind="status", status=503, times=None)
    assert b"This file can" in house.ben.get(url(said)).content
    with scope(workspace=made.workspace_id):
        Connection.objects.update(token=None)
    intercom.reset_log()
    assert b"This file can" in house.ben.get(url(said)).content
    assert intercom.log()["total"] == 0


def test_strangers_and_those_who_may_not_read_notes_find_nothing(
    house: House, made: Connection, intercom: Sandbox
) -> None:
    said = message(made, intercom, [{"name": "receipt.pdf", "url": FRESH}], internal=True)
    assert house.cleo.get(url(said)).status_code == 404
    with scope(workspace=made.workspace_id):
        Connection.objects.update(show_internal_notes=False)
    assert house.ben.get(url(said)).status_code == 404
    assert house.ada.get(url(said)).status_code == 302
    assert intercom.counts()["GET /conversations/*"] == 1


def test_nobody_has_intercom_asked_without_end(house: House, made: Connection, intercom: Sandbox) -> None:
    said = message(made, intercom, [{"name": "receipt.pdf", "url": FRESH}])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("integrations.throttle.FILES", 2)
        answers = [house.ben.get(url(said)).status_code for _ in range(4)]
    assert answers == [302, 302, 200, 200]
    assert intercom.counts()["GET /conversations/*"] == 2
