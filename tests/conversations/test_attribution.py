"""Whose conversation it is."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from integrations.models import Connection
from sonora.conversations.attribution import attribute
from sonora.conversations.models import Conversation
from sonora.customers.models import Company, Customer, Match
from sonora.people.models import Contact
from tests.factories.conversations import ConversationContactFactory, ConversationFactory
from tests.factories.customers import CompanyFactory, CustomerFactory, MatchFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intercom() -> Iterator[Connection]:
    with scopes_disabled():
        link = ConnectionFactory()
    with scope(workspace=link.workspace):
        yield link


def customers(intercom: Connection, state: str = "auto") -> tuple[Company, Customer]:
    """A company that is a customer."""
    company, customer = CompanyFactory(connection=intercom), CustomerFactory(workspace=intercom.workspace)
    MatchFactory(company=company, customer=customer, state=state)
    return company, customer


def contact(intercom: Connection, *companies: Company) -> Contact:
    one = ContactFactory(connection=intercom)
    for company in companies:
        ContactCompanyFactory(contact=one, company=company)
    return one


def talk(intercom: Connection, *contacts: Contact, company: Company | None = None) -> Conversation:
    conversation = ConversationFactory(connection=intercom, company=company)
    for position, one in enumerate(contacts):
        ConversationContactFactory(conversation=conversation, contact=one, position=position)
    return conversation


def customer_of(conversation: Conversation) -> Customer | None:
    conversation.refresh_from_db()
    return conversation.customer


def test_the_company_that_intercom_names_decides(intercom: Connection):
    company, customer = customers(intercom)
    other, _ = customers(intercom)
    conversation = talk(intercom, contact(intercom, other), company=company)
    assert attribute(intercom.workspace_id) == 1
    assert customer_of(conversation) == customer


def test_a_named_company_that_is_no_customer_leaves_none(intercom: Connection):
    other, _ = customers(intercom)
    conversation = talk(intercom, contact(intercom, other), company=CompanyFactory(connection=intercom))
    attribute(intercom.workspace_id)
    assert customer_of(conversation) is None


def test_without_a_company_the_first_contacts_only_company_decides(intercom: Connection):
    company, customer = customers(intercom)
    other, _ = customers(intercom)
    conversation = talk(intercom, contact(intercom, company), contact(intercom, other))
    attribute(intercom.workspace_id)
    assert customer_of(conversation) == customer


def test_a_contact_of_two_companies_decides_nothing(intercom: Connection):
    conversation = talk(intercom, contact(intercom, customers(intercom)[0], customers(intercom)[0]))
    attribute(intercom.workspace_id)
    assert customer_of(conversation) is None


def test_a_deleted_company_does_not_count_as_a_second(intercom: Connection):
    company, customer = customers(intercom)
    gone = CompanyFactory(connection=intercom, deleted_at=NOW)
    conversation = talk(intercom, contact(intercom, company, gone))
    attribute(intercom.workspace_id)
    assert customer_of(conversation) == customer


@pytest.mark.parametrize(("state", "links"), [("auto", True), ("confirmed", True), ("suggested", False)])
def test_a_suggestion_is_not_yet_a_customer(intercom: Connection, state: str, links: bool):
    company, customer = customers(intercom, state)
    conversations = talk(intercom, company=company), talk(intercom, contact(intercom, company))
    attribute(intercom.workspace_id)
    assert [customer_of(one) for one in conversations] == [customer if links else None] * 2


def test_a_match_that_ends_takes_its_conversations_back(intercom: Connection):
    company, _ = customers(intercom)
    conversations = talk(intercom, company=company), talk(intercom, contact(intercom, company))
    attribute(intercom.workspace_id)
    Match.objects.update(state="unmatched", customer=None)
    assert attribute(intercom.workspace_id, companies={company.pk}) == 2
    assert [customer_of(one) for one in conversations] == [None, None]


def test_only_the_conversations_asked_for_are_touched(intercom: Connection):
    company, customer = customers(intercom)
    one, other = talk(intercom, company=company), talk(intercom, company=company)
    attribute(intercom.workspace_id, conversations=[one.pk])
    assert [customer_of(one), customer_of(other)] == [customer, None]


def test_a_second_time_writes_nothing(intercom: Connection):
    company, _ = customers(intercom)
    talk(intercom, company=company)
    talk(intercom, contact(intercom, company))
    talk(intercom)
    attribute(intercom.workspace_id)
    with CaptureQueriesContext(connection) as queries:
        assert attribute(intercom.workspace_id) == 0
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]


def test_an_empty_list_is_not_everything(intercom: Connection):
    company, _ = customers(intercom)
    conversation = talk(intercom, company=company)
    assert attribute(intercom.workspace_id, companies=[]) == 0
    assert attribute(intercom.workspace_id, conversations=[]) == 0
    assert customer_of(conversation) is None


def test_conversations_of_many_customers_move_in_one_statement(intercom: Connection):
    pairs = [customers(intercom) for _ in range(6)]
    for company, _ in pairs:
        ConversationFactory.create_batch(2, connection=intercom, company=company)
    with CaptureQueriesContext(connection) as queries:
        assert attribute(intercom.workspace_id, companies=[company.pk for company, _ in pairs]) == 12
    assert sum(query["sql"].startswith("UPDATE") for query in queries) == 1
    for company, customer in pairs:
        assert Conversation.objects.filter(company=company, customer=customer).count() == 2
