"""Last contact is when they or we last wrote to the other, wherever it is shown; a tag or a note is none."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django_scopes import scope

from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.graph import keeping
from sonora.workspaces.models import User
from tests.factories.cast import Cast
from tests.factories.conversations import ConversationContactFactory, ConversationFactory
from tests.factories.people import ContactCompanyFactory

Browser = Callable[[User | None], Client]
SAID = int(datetime(2024, 5, 3, 12, tzinfo=UTC).timestamp())


@pytest.fixture
def ada(cast: Cast, as_user: Browser) -> Client:
    """Somebody said something in May of 2024; a tag changed a conversation just now, in which nobody spoke since."""
    own = cast.a
    with scope(workspace=own.workspace):
        Conversation.objects.update(said_at=SAID - 86_400)
        talk = ConversationFactory(
            connection=own.connection, customer=own.customer, said_at=SAID, updated_at=clock.now() - 60
        )
        ConversationContactFactory(conversation=talk, contact=own.contact)
        ConversationFactory(connection=own.connection, customer=own.customer, said_at=None, updated_at=clock.now())
        gone = ConversationFactory(
            connection=own.connection, customer=own.customer, said_at=SAID + 9, deleted_at=clock.now()
        )
        ConversationContactFactory(conversation=gone, contact=own.contact)
        ContactCompanyFactory._meta.model.objects.get_or_create(
            workspace=own.workspace, contact=own.contact, company=own.company
        )
        keeping.settle()
    return as_user(cast.ada)


def test_the_list_of_customers_says_when_somebody_wrote(ada: Client):
    (row,) = ada.get("/customers").context["page"].rows
    assert row.figures.last_at == SAID


def test_the_page_of_a_customer_says_when_somebody_wrote(cast: Cast, ada: Client):
    page = ada.get(f"/customers/{cast.a.customer.pk}")
    assert page.context["profile"].last_at == SAID
    assert "2024-05-03T12:00" in page.content.decode().partition("Last contact")[2][:80]


def test_the_list_of_people_says_when_somebody_wrote(cast: Cast, ada: Client):
    rows = {row.person.pk: row.last_at for row in ada.get("/people").context["page"].rows}
    assert rows[cast.a.person.pk] == SAID


def test_the_page_of_a_person_says_when_somebody_wrote(cast: Cast, ada: Client):
    page = ada.get(f"/people/{cast.a.person.pk}")
    assert page.context["profile"].last_at == SAID


def test_the_map_and_the_card_say_when_somebody_wrote(cast: Cast, ada: Client):
    page = ada.get(f"/customers/{cast.a.customer.pk}/people?who={cast.a.person.pk}")
    shown = {row.person.pk: row.last_at for group in page.context["map"].groups for row in group.members}
    assert shown == {cast.a.person.pk: SAID}
    assert page.context["card"].row.last_at == SAID
