"""Who speaks for whom, against plain Python over the same rows."""

import random
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from sonora.conversations.models import ConversationContact, Message
from sonora.core import clock
from sonora.customers.models import Match
from sonora.graph import speaking
from sonora.people.models import ContactCompany
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationContactFactory, ConversationFactory, MessageFactory
from tests.factories.customers import CompanyFactory, CustomerFactory, MatchFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory

pytestmark = pytest.mark.django_db
LINKING = {"auto", "confirmed"}


@pytest.fixture
def house() -> Any:
    with scopes_disabled():
        connection = ConnectionFactory()
    with scope(workspace=connection.workspace):
        yield connection


def talk(house: Any, *, opened_by: Any, among: list[Any], author_type: str = "user") -> int:
    """A conversation in which the contacts *among* take part, whose opening message *opened_by* wrote."""
    one = ConversationFactory(connection=house)
    for contact in among:
        ConversationContactFactory(conversation=one, contact=contact)
    MessageFactory(conversation=one, origin=Message.Origin.SOURCE, contact=opened_by, author_type=author_type)
    MessageFactory(conversation=one, contact=among[-1])
    return one.pk


def colleagues(house: Any, number: int, *, state: str = "auto") -> tuple[int, list[Any]]:
    """*number* contacts who work for one customer, and that one."""
    customer = CustomerFactory(workspace=house.workspace)
    company = CompanyFactory(connection=house)
    MatchFactory(company=company, customer=customer, state=state)
    contacts = ContactFactory.create_batch(number, connection=house)
    for one in contacts:
        ContactCompanyFactory(contact=one, company=company)
    return customer.pk, contacts


def told(contact: Any, talks: list[int], customers: list[int]) -> set[int]:
    return {one.pk for one in speaking.spoken_for(contact.person_id, talks, customers)}


def test_either_of_two_may_have_opened_what_both_take_part_in(house: Any):
    customer, (ines, lotte, marek) = colleagues(house, 3)
    talks = [talk(house, opened_by=ines, among=[ines, lotte]), talk(house, opened_by=marek, among=[marek, ines])]
    assert told(ines, talks, [customer]) == {lotte.person_id, marek.person_id}


def test_what_a_third_one_or_our_side_opened_is_no_speaking_for(house: Any):
    customer, (ines, lotte, marek) = colleagues(house, 3)
    talks = [
        talk(house, opened_by=marek, among=[ines, lotte]),
        talk(house, opened_by=ines, among=[ines, lotte], author_type="admin"),
        talk(house, opened_by=None, among=[ines, lotte]),
    ]
    assert told(ines, talks, [customer]) == set()


def test_nobody_speaks_for_themselves_strangers_or_people_of_another_customer(house: Any):
    customer, (ines,) = colleagues(house, 1)
    _, (other,) = colleagues(house, 1)
    _, (rejected,) = colleagues(house, 1, state="unmatched")
    stranger = ContactFactory(connection=house)
    talks = [talk(house, opened_by=ines, among=[ines, other, rejected, stranger])]
    assert told(ines, talks, [customer]) == set()


def test_a_colleague_who_is_gone_does_not_count_and_one_counts_once(house: Any):
    customer, (ines, lotte, gone) = colleagues(house, 3)
    type(gone).objects.filter(pk=gone.pk).update(deleted_at=NOW)
    talks = [talk(house, opened_by=ines, among=[ines, lotte, gone]) for _ in range(3)]
    assert told(ines, talks, [customer]) == {lotte.person_id}
    assert len(speaking.spoken_for(ines.person_id, talks, [customer])) == 1


def test_without_conversations_or_customers_nothing_is_asked(house: Any):
    with CaptureQueriesContext(database) as queries:
        assert speaking.spoken_for(1, [], [1]) == speaking.spoken_for(1, [1], []) == []
    assert len(queries) == 0


@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_plain_python_says_of_the_same_rows(house: Any, seed: int):
    chance = random.Random(seed)
    customers, contacts = [], []
    for state in ("auto", "confirmed", "suggested"):
        customer, some = colleagues(house, 4, state=state)
        customers.append(customer)
        contacts += some
    for one in chance.sample(contacts, 3):  # two addresses of one person
        one.person = chance.choice(contacts).person
        one.save()
    for one in chance.sample(contacts, 2):
        type(one).objects.filter(pk=one.pk).update(deleted_at=clock.now())
    talks = [
        talk(house, opened_by=chance.choice([None, *some]), among=some, author_type=chance.choice(("user", "admin")))
        for some in (chance.sample(contacts, chance.randint(2, 5)) for _ in range(25))
    ]
    for one in contacts:
        mine = [pk for pk in talks if one.person_id in people_in(pk)]
        for theirs in ([customers[0]], customers):
            assert told(one, mine, theirs) == plainly(one.person_id, mine, theirs), (seed, one.person_id)


def people_in(talk: int) -> set[int | None]:
    return set(ConversationContact.objects.filter(conversation=talk).values_list("contact__person", flat=True))


def plainly(person: int, talks: list[int], customers: list[int]) -> set[int]:
    staff = {
        link.contact.person_id
        for link in ContactCompany.objects.select_related("contact", "company")
        if link.contact.deleted_at is None
        and Match.objects.filter(company=link.company, customer__in=customers, state__in=LINKING).exists()
    }
    found: set[int] = set()
    for pk in talks:
        source = Message.objects.select_related("contact").get(conversation=pk, origin="source")
        opener = source.contact.person_id if source.contact and source.author_type != "admin" else None
        others = people_in(pk) - {person}
        found |= {other for other in others if other is not None and opener is not None and opener in (person, other)}
    return found & staff
