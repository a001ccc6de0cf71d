"""The facts of people, read from the database: each figure is what its rows say."""

from collections.abc import Iterator

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection
from sonora.conversations.models import Conversation, Teammate
from sonora.graph import figures
from sonora.graph.facts import Facts, Pace
from sonora.graph.figures import Days
from sonora.people.models import Contact
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories import cast
from tests.factories.conversations import (
    ConversationContactFactory,
    ConversationFactory,
    MessageFactory,
    TeammateFactory,
)
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactFactory

pytestmark = pytest.mark.django_db

DAY = 86_400
DAYS = Days(now=NOW, until=NOW, since_30=NOW - 30 * DAY, since_90=NOW - 90 * DAY)


class House:
    """A workspace whose people talk."""

    def __init__(self) -> None:
        self.connection: Connection = ConnectionFactory()
        self.ines: Contact = self.contact("ines@larch.example")
        self.noor: Teammate = TeammateFactory(connection=self.connection, name="Noor")

    def contact(self, email: str, **fields: object) -> Contact:
        found: Contact = ContactFactory(connection=self.connection, email=email, **fields)
        return found

    def talk(self, *contacts: Contact, ago: float, opened: float | None = None) -> Conversation:
        times = {"updated_at": NOW - int(ago * DAY), "created_at": NOW - int((opened or ago) * DAY)}
        talk: Conversation = ConversationFactory(connection=self.connection, **times)
        for contact in contacts:
            ConversationContactFactory(conversation=talk, contact=contact)
        return talk

    def says(self, talk: Conversation, who: Contact | Teammate, at: int, **fields: object) -> None:
        author = {"contact": who} if isinstance(who, Contact) else {"teammate": who, "author_type": "admin"}
        MessageFactory(conversation=talk, created_at=at, **author, **fields)

    def facts(self, contact: Contact | None = None) -> Facts:
        person = (contact or self.ines).person_id
        assert person is not None
        return figures.facts([person], DAYS)[person]


@pytest.fixture
def house() -> Iterator[House]:
    with scopes_disabled():
        made = House()
    with scope(workspace=made.connection.workspace):
        yield made


def test_conversations_are_counted_by_their_last_update_and_the_end_belongs_to_the_next_day(house: House) -> None:
    for ago in (0, 1, 30, 31, 90, 91):
        house.talk(house.ines, ago=ago)
    facts = house.facts()
    assert (facts.conversations, facts.conversations_30, facts.conversations_90) == (6, 2, 4)
    assert facts.last_at == NOW


def test_a_conversation_with_two_contacts_of_one_person_is_one(house: House) -> None:
    house.talk(house.ines, house.contact("twin@larch.example", person=house.ines.person), ago=1)
    assert house.facts().conversations == 1


def test_deleted_conversations_and_words_of_others_say_nothing(house: House) -> None:
    talk = house.talk(house.ines, ago=1)
    house.says(talk, house.noor, NOW - 50)
    house.says(talk, house.ines, NOW - 40)
    house.says(talk, house.ines, NOW - 40, from_ai=True)
    gone = house.talk(house.ines, ago=1)
    Conversation.objects.filter(pk=gone.pk).update(deleted_at=NOW)
    facts = house.facts()
    assert (facts.conversations, facts.messages_30, facts.messages_90, facts.wrote_at) == (1, 1, 1, NOW - 40)


def test_answers_are_paced_and_teammates_counted_notes_left_out(house: House) -> None:
    talk = house.talk(house.ines, ago=0.01)
    house.says(talk, house.ines, NOW - 1000)
    house.says(talk, house.noor, NOW - 900, internal=True)
    house.says(talk, house.noor, NOW - 880, text="")
    house.says(talk, house.noor, NOW - 800)
    house.says(talk, house.ines, NOW - 740)
    facts = house.facts()
    assert (facts.ours, facts.theirs) == (Pace(200, 1), Pace(60, 1))
    assert facts.teammates == ((house.noor.pk, 1),)


def test_mail_bounces_only_when_it_does_for_all_contacts_and_the_newest_title_counts(house: House) -> None:
    Contact.objects.filter(pk=house.ines.pk).update(has_bounced=True, job_title="Clerk")
    assert house.facts().has_bounced
    house.contact("twin@larch.example", person=house.ines.person, job_title="Director", updated_at=NOW + 9)
    assert (house.facts().has_bounced, house.facts().job_title) == (False, "Director")


def test_feelings_come_from_their_conversations_of_90_days(house: House) -> None:
    for ago in (1, 40, 80, 91):
        talk = house.talk(house.ines, ago=ago)
        message = MessageFactory(conversation=talk, contact=house.ines, created_at=NOW - int(ago * DAY))
        cast.felt(talk, message, "Fine.", label="positive")
    assert (house.facts().felt, house.facts().felt_number) == ("positive", 3)


def test_who_never_said_anything_has_facts_too(house: House) -> None:
    quiet = house.contact("", external_id="quiet")
    assert house.facts(quiet) == Facts(changed_at=NOW)


def test_it_asks_as_much_of_one_as_of_many(house: House) -> None:
    def asked() -> int:
        people = list(Contact.objects.values_list("person_id", flat=True))
        with CaptureQueriesContext(database) as queries:
            figures.facts([one for one in people if one], DAYS)
        return len(queries)

    house.says(house.talk(house.ines, ago=1), house.ines, NOW - DAY)
    few = asked()
    for number in range(20):
        house.talk(house.contact(f"p{number}@larch.example"), ago=2)
    assert asked() == few == 6


def test_another_workspace_is_not_looked_at(house: House) -> None:
    house.talk(house.ines, ago=1)
    with scopes_disabled():
        other = House()
    with scope(workspace=other.connection.workspace):
        assert figures.facts([house.ines.person_id or 0], DAYS) == {house.ines.person_id: Facts()}
