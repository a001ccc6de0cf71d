"""Whatever changes the figures of a request makes it due, on both databases."""

from collections.abc import Callable, Iterator

import pytest
from django_scopes import scope

from integrations.models import Connection
from sonora.insights.models import Due, Evidence
from tests.factories.customers import CustomerFactory
from tests.factories.integrations import NOW
from tests.factories.matching import intercom
from tests.factories.people import ContactFactory, PersonFactory
from tests.factories.requests import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Iterator[Connection]:
    with intercom() as one:
        yield one


@pytest.fixture
def evidence(link: Connection) -> Evidence:
    one = asked(link, "Please add a dark mode.", contact=ContactFactory(connection=link))
    one.conversation.customer = CustomerFactory(workspace=link.workspace)
    one.conversation.save()
    Due.objects.all().delete()
    return one


def to_another_customer(evidence: Evidence) -> None:
    evidence.conversation.customer = CustomerFactory(workspace=evidence.workspace)
    evidence.conversation.save()


def conversation_deleted(evidence: Evidence) -> None:
    evidence.conversation.deleted_at = NOW
    evidence.conversation.save()


def another_person(evidence: Evidence) -> None:
    contact = evidence.message.contact
    assert contact is not None
    contact.person = PersonFactory(workspace=evidence.workspace)
    contact.save()


def another_author(evidence: Evidence) -> None:
    evidence.message.contact = ContactFactory(connection=evidence.message.connection)
    evidence.message.save()


def worth_more(evidence: Evidence) -> None:
    customer = evidence.conversation.customer
    assert customer is not None
    customer.arr = 12_000
    customer.save()


def customer_deleted(evidence: Evidence) -> None:
    customer = evidence.conversation.customer
    assert customer is not None
    customer.delete()


@pytest.mark.parametrize(
    "change",
    [to_another_customer, conversation_deleted, another_person, another_author, worth_more, customer_deleted],
)
def test_what_moves_a_figure_makes_its_request_due(evidence: Evidence, change: Callable[[Evidence], None]):
    change(evidence)
    assert set(Due.objects.values_list("request_id", "words")) == {(evidence.request_id, False)}


def test_saving_what_is_the_same_makes_nothing_due(evidence: Evidence):
    for row in (evidence, evidence.conversation, evidence.message, evidence.message.contact):
        assert row is not None
        row.save()
    assert not Due.objects.exists()


def test_a_quote_that_moves_makes_both_requests_due(link: Connection, evidence: Evidence):
    other = asked(link, "An export of all invoices would help.").request
    Due.objects.all().delete()
    before = evidence.request_id
    evidence.request = other
    evidence.save()
    assert set(Due.objects.values_list("request_id", "words")) == {(before, True), (other.pk, True)}


def test_a_redacted_message_takes_its_quote_along_at_once(evidence: Evidence):
    evidence.message.redacted = True
    evidence.message.save()
    with scope(workspace=evidence.workspace):
        assert not Evidence.objects.exists()
    assert set(Due.objects.values_list("request_id", "words")) == {(evidence.request_id, True)}
