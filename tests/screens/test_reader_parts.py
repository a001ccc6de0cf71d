"""What the page of a conversation says of messages that Intercom counts and Sonora does not hold."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from integrations.models import DeadLetter
from sonora.conversations.models import Conversation
from sonora.workspaces.models import User
from sonora.workspaces.scoping import scope
from tests.factories.cast import Cast


@pytest.fixture
def ada(cast: Cast, as_user: Callable[[User | None], Client]) -> Client:
    return as_user(cast.ada)


def reader(client: Client, conversation: Conversation) -> str:
    return client.get(reverse("conversation", args=[conversation.pk])).content.decode()


def test_what_intercom_no_longer_gives_is_told(ada: Client, cast: Cast):
    _parts(cast, total=742, held=520)
    told = "Intercom counts 742 messages and gives the newest 500. Sonora holds 520; 222 are not retrievable."
    assert told in reader(ada, cast.a.conversation)


def test_what_came_and_could_not_be_read_is_told_apart(ada: Client, cast: Cast):
    _parts(cast, total=10, held=8)
    for part in ("m7", "m8"):
        _letter(cast, f"1001:{part}")
    page = reader(ada, cast.a.conversation)
    assert "2 messages could not be read." in page
    assert 'href="/settings/integrations/intercom/unreadable"' in page
    assert "not retrievable" not in page


def test_a_whole_conversation_says_nothing_of_it(ada: Client, cast: Cast):
    _parts(cast, total=2, held=2)
    _letter(cast, "10011:m7")  # another conversation, whose id begins alike
    page = reader(ada, cast.a.conversation)
    assert "not retrievable" not in page
    assert "could not be read" not in page


def _parts(cast: Cast, *, total: int, held: int) -> None:
    with scope(workspace=cast.a.workspace):
        Conversation.objects.filter(pk=cast.a.conversation.pk).update(parts_total=total, parts_held=held)


def _letter(cast: Cast, name: str) -> None:
    with scope(workspace=cast.a.workspace):
        DeadLetter.objects.create(
            workspace=cast.a.workspace,
            connection=cast.a.connection,
            stream="messages",
            external_id=name,
            error="odd",
            first_at=1,
            last_at=1,
        )
