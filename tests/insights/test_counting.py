"""The figures of requests, at once after whatever changed them."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection
from sonora.conversations import following
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.core.words import WEEK
from sonora.customers import decisions
from sonora.customers.models import Customer
from sonora.insights import counting
from sonora.insights.models import Evidence, FeatureRequest
from tests.factories.conversations import ConversationFactory
from tests.factories.customers import CompanyFactory, CustomerFactory
from tests.factories.integrations import NOW
from tests.factories.matching import intercom
from tests.factories.people import ContactFactory
from tests.factories.requests import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def link() -> Iterator[Connection]:
    with intercom() as one, clock.fixed(NOW):
        yield one


def figures(request: FeatureRequest) -> tuple[int, int, int]:
    counting.settle(request.workspace_id)
    request.refresh_from_db()
    return request.customers, request.people, request.mentions


def talk(link: Connection, customer: Customer | None = None) -> Conversation:
    return ConversationFactory(connection=link, customer=customer)


def test_customers_and_people_count_once_however_often_they_ask(link: Connection):
    ana, customer = ContactFactory(connection=link), CustomerFactory(workspace=link.workspace)
    first = asked(link, "Please add a dark mode.", conversation=talk(link, customer), contact=ana)
    asked(link, "Dark mode, please!", request=first.request, conversation=first.conversation, contact=ana)
    asked(link, "A dark theme?", request=first.request, conversation=talk(link, customer), contact=ana)
    assert figures(first.request) == (1, 1, 3)
    other = ContactFactory(connection=link)
    asked(link, "Dark mode!", request=first.request, conversation=first.conversation, contact=other)
    assert figures(first.request) == (1, 2, 4)


def test_words_that_are_to_check_or_dismissed_do_not_count(link: Connection):
    first = asked(link, "Please add a dark mode.")
    for state in (Evidence.State.TO_CHECK, Evidence.State.DISMISSED):
        asked(link, "Dark?", request=first.request, state=state)
    asked(link, "Dark.", request=first.request, state=Evidence.State.ACCEPTED)
    assert figures(first.request)[2] == 2


def test_the_arr_of_customers_is_added_where_it_is_known(link: Connection):
    rich, unknown = CustomerFactory(workspace=link.workspace, arr=900), CustomerFactory(workspace=link.workspace)
    first = asked(link, "Please add a dark mode.", conversation=talk(link, rich))
    for customer in (rich, unknown, None):
        asked(link, "Dark mode", request=first.request, conversation=talk(link, customer))
    figures(first.request)
    assert first.request.arr == Decimal(900)
    rich.arr = Decimal(1_000)
    rich.save()
    figures(first.request)
    assert first.request.arr == Decimal(1_000)


def test_a_match_gives_the_request_its_customer_at_once(link: Connection):
    company, customer = CompanyFactory(connection=link), CustomerFactory(workspace=link.workspace)
    following.match(link.workspace_id)
    first = asked(link, "Please add a dark mode.", conversation=ConversationFactory(connection=link, company=company))
    assert figures(first.request) == (0, 0, 1)
    following.follow(link.workspace_id, lambda: decisions.link(company.pk, customer.pk, by="ada@sonora.example"))
    assert figures(first.request) == (1, 0, 1)


def test_two_customers_that_are_merged_count_as_one(link: Connection):
    companies = CompanyFactory.create_batch(2, connection=link)
    customers = CustomerFactory.create_batch(2, workspace=link.workspace)
    following.match(link.workspace_id)
    first = asked(link, "Please add a dark mode.", conversation=talk(link))
    for company, customer in zip(companies, customers, strict=True):
        asked(link, "Dark", request=first.request, conversation=ConversationFactory(connection=link, company=company))
        following.follow(link.workspace_id, lambda c=company, o=customer: decisions.link(c.pk, o.pk, by="ada"))
    assert figures(first.request)[0] == 2
    merged = following.merge(link.workspace_id, customers[0].pk, customers[1].pk, by="ada")
    assert figures(first.request)[0] == 1
    following.split(link.workspace_id, merged.pk, by="ada")
    assert figures(first.request)[0] == 2


def test_a_deleted_conversation_takes_its_words_out_of_the_figures(link: Connection):
    first = asked(link, "Please add a dark mode.")
    assert figures(first.request)[2] == 1
    Conversation.objects.update(deleted_at=NOW)
    assert figures(first.request)[2] == 0
    assert not FeatureRequest.objects.all().listed().exists()
    Conversation.objects.update(deleted_at=None)
    assert figures(first.request)[2] == 1


def test_the_latest_weeks_and_the_last_time_are_told(link: Connection):
    first = asked(link, "Please add a dark mode.", at=NOW - 20 * WEEK)
    for weeks in (0, 0, 3):
        asked(link, "Dark mode", request=first.request, at=NOW - weeks * WEEK)
    figures(first.request)
    this = NOW // WEEK
    assert first.request.weeks == {str(this): 2, str(this - 3): 1}
    assert first.request.last_asked_at == NOW


def test_where_nothing_is_due_settling_is_one_query(link: Connection):
    asked(link, "Please add a dark mode.")
    assert counting.settle(link.workspace_id) == 1
    with CaptureQueriesContext(connection) as queries:
        assert counting.settle(link.workspace_id) == 0
    assert len(queries) == 1


def test_another_workspaces_requests_are_left_to_it(link: Connection):
    asked(link, "Please add a dark mode.")
    with intercom() as other:
        assert counting.settle(other.workspace_id) == 0
    assert counting.settle(link.workspace_id) == 1


def test_the_words_of_a_redacted_message_leave_the_title_too(link: Connection):
    first = asked(link, "My name is Ana and I want a dark mode.")
    other = asked(link, "A dark theme, please.", request=first.request)
    other.delete()
    figures(first.request)
    assert first.request.title == "My name is Ana and I want a dark mode"
    first.message.redacted = True
    first.message.save()
    assert figures(first.request) == (0, 0, 0)
    assert (first.request.title, first.request.quote) == ("", "")
