"""A contact comes to be somebody else's while it comes into a conversation: their link is right, whoever was first."""

from dataclasses import dataclass

import pytest
from django.db import connection as database
from django.db import transaction

from sonora.conversations.models import Conversation, ConversationContact
from sonora.people.models import Contact, Person
from sonora.workspaces.scoping import scopes_disabled
from tests.elsewhere import Elsewhere
from tests.factories.conversations import ConversationContactFactory, ConversationFactory
from tests.factories.people import ContactFactory, PersonFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(database.vendor == "sqlite", reason="SQLite has one writer at a time."),
]


@dataclass(frozen=True, slots=True)
class Met:
    """A contact who is about to be *other*, and to take part in *talk*."""

    contact: Contact
    other: Person
    talk: Conversation

    def change(self) -> None:
        with scopes_disabled():
            Contact.objects.filter(pk=self.contact.pk).update(person=self.other, role="lead")

    def take_part(self) -> None:
        with scopes_disabled():
            ConversationContactFactory(conversation=self.talk, contact=self.contact)

    def assert_right(self) -> None:
        with scopes_disabled():
            link = ConversationContact.objects.get()
        assert (link.person_id, link.role) == (self.other.pk, "lead")


@pytest.fixture
def met() -> Met:
    with scopes_disabled():
        contact = ContactFactory()
        talk = ConversationFactory(connection=contact.connection)
        return Met(contact, PersonFactory(workspace=contact.workspace), talk)


def test_a_link_waits_for_a_contact_that_is_just_changing(met: Met) -> None:
    with transaction.atomic():
        met.change()
        link = Elsewhere(met.take_part)
        assert link.waits()
    link.ended()
    met.assert_right()


def test_a_change_of_a_contact_waits_for_a_link_that_is_just_made(met: Met) -> None:
    with transaction.atomic():
        met.take_part()
        change = Elsewhere(met.change)
        assert change.waits()
    change.ended()
    met.assert_right()
