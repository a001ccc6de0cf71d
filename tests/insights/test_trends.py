"""How customers and people felt lately, counted over their conversations."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.customers.models import Customer
from sonora.insights import trends
from sonora.insights.models import ConversationSentiment
from sonora.insights.trends import DAY, Mix
from sonora.people.models import Contact
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationContactFactory, ConversationFactory
from tests.factories.customers import CustomerFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactFactory

pytestmark = pytest.mark.django_db


class Place:
    """A workspace with one customer and one person, whose conversations can be said to have felt somehow."""

    def __init__(self) -> None:
        self.connection: Connection = ConnectionFactory()
        self.customer: Customer = CustomerFactory(workspace=self.connection.workspace)
        self.contact: Contact = ContactFactory(connection=self.connection)

    def felt(self, label: str, *, days_ago: float = 0, number: int = 1, **fields: object) -> Conversation:
        about = {"label": label, "found": label, "at": NOW, "reader": "v1", "analysed_at": NOW}
        for _ in range(number):
            talk = ConversationFactory(
                connection=self.connection,
                customer=fields.get("customer", self.customer),
                updated_at=NOW - 1 - int(days_ago * DAY),
            )
            ConversationContactFactory(conversation=talk, contact=fields.get("contact", self.contact))
            ConversationSentiment.objects.create(workspace=self.connection.workspace, conversation=talk, **about)
        return talk


@pytest.fixture
def place() -> Iterator[Place]:
    with scopes_disabled():
        made = Place()
    with scope(workspace=made.connection.workspace):
        yield made


def of_customer(place: Place) -> trends.Trend:
    return trends.of_customer(place.customer.pk, until=NOW)


def test_the_last_30_and_90_days_are_counted_apart(place: Place) -> None:
    place.felt("negative", days_ago=2)
    place.felt("positive", days_ago=29.9)
    place.felt("positive", days_ago=30.1, number=2)
    place.felt("neutral", days_ago=89)
    place.felt("negative", days_ago=92)
    place.felt("unsure")
    place.felt("none")
    found = of_customer(place)
    assert found.short == Mix(negative=1, positive=1)
    assert found.long == Mix(negative=1, positive=3, neutral=1)
    assert (found.short.number, found.long.number) == (2, 5)


@pytest.mark.parametrize(
    ("mix", "label"),
    [
        (Mix(), "none"),
        (Mix(neutral=3), "neutral"),
        (Mix(negative=1, neutral=3), "neutral"),
        (Mix(negative=2, neutral=3), "negative"),
        (Mix(positive=4, negative=1), "positive"),
        (Mix(positive=3, negative=1), "mixed"),
        (Mix(mixed=2), "mixed"),
        (Mix(mixed=1, negative=4), "negative"),
    ],
)
def test_the_label_of_many_follows_the_rule_of_one(mix: Mix, label: str) -> None:
    assert mix.label == label


@pytest.mark.parametrize(
    ("before", "lately", "direction"),
    [("positive", "negative", "falling"), ("negative", "positive", "rising"), ("neutral", "neutral", "steady")],
)
def test_five_conversations_on_either_side_show_a_direction(
    place: Place, before: str, lately: str, direction: str
) -> None:
    place.felt(before, days_ago=40, number=5)
    place.felt(lately, days_ago=3, number=4)
    assert of_customer(place).direction == ""
    place.felt(lately, days_ago=3)
    assert of_customer(place).direction == direction


def test_the_weeks_follow_each_other_without_a_gap(place: Place) -> None:
    place.felt("negative", days_ago=0)
    place.felt("positive", days_ago=6.9)
    place.felt("neutral", days_ago=7.1)
    weeks = of_customer(place).weeks
    assert len(weeks) == 13
    assert [week.mix.number for week in weeks[-3:]] == [0, 1, 2]
    assert all(one.end == other.start for one, other in pairwise(weeks))
    assert weeks[-1].end == NOW


def test_another_customers_conversations_and_those_turned_off_do_not_count(place: Place) -> None:
    other = CustomerFactory(workspace=place.connection.workspace)
    place.felt("negative", customer=other)
    place.felt("positive")
    assert of_customer(place).short == Mix(positive=1)
    assert trends.of_customers([place.customer.pk, other.pk], until=NOW) == {
        place.customer.pk: Mix(positive=1),
        other.pk: Mix(negative=1),
    }
    Connection.objects.update(analyse_sentiment=False)
    assert of_customer(place).short == Mix()


def test_a_person_with_two_contacts_in_one_conversation_counts_it_once(place: Place) -> None:
    talk = place.felt("negative")
    twin = ContactFactory(connection=place.connection, person=place.contact.person)
    ConversationContactFactory(conversation=talk, contact=twin)
    assert place.contact.person_id
    assert trends.of_person(place.contact.person_id, until=NOW).short == Mix(negative=1)
    many = trends.of_many({place.contact.person_id: {talk.pk: talk.updated_at or 0}}, until=NOW)
    assert many[place.contact.person_id].short == Mix(negative=1)


def test_any_number_of_customers_is_one_question(place: Place) -> None:
    with CaptureQueriesContext(database) as asked:
        trends.of_customers(range(50), until=NOW)
        of_customer(place)
    assert len(asked) == 2
