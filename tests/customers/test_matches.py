"""Companies that become customers by themselves."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from integrations.models import Connection
from sonora.customers.matches import match_by_external_id
from sonora.customers.models import Company, Match
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory, MatchFactory
from tests.factories.integrations import ConnectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def intercom() -> Iterator[Connection]:
    with scopes_disabled():
        link = ConnectionFactory()
    with scope(workspace=link.workspace):
        yield link


def company(intercom: Connection, company_id: str) -> Company:
    return CompanyFactory(connection=intercom, company_id=company_id)


def known(intercom: Connection, value: str, source: str = "csv") -> int:
    return ExternalIdFactory(
        customer=CustomerFactory(workspace=intercom.workspace), source=source, value=value
    ).customer_id


def test_an_id_of_one_customer_links_its_company(intercom: Connection):
    acme, customer = company(intercom, " AB-1 "), known(intercom, "AB-1")
    assert match_by_external_id(intercom.workspace_id) == {acme.pk}
    match = Match.objects.get(company=acme)
    assert (match.state, match.customer_id, match.method, match.score) == ("auto", customer, "external_id", None)
    assert match.external_id is not None
    assert match.external_id.value == "AB-1"


def test_matching_twice_changes_nothing(intercom: Connection):
    company(intercom, "AB-1")
    company(intercom, "nobody's")
    known(intercom, "AB-1")
    match_by_external_id(intercom.workspace_id)
    before = list(Match.objects.order_by("pk").values())
    assert match_by_external_id(intercom.workspace_id) == set()
    assert list(Match.objects.order_by("pk").values()) == before


def test_two_customers_make_a_conflict_without_a_customer(intercom: Connection):
    acme = company(intercom, "7")
    known(intercom, "7", "csv")
    known(intercom, "7", "hubspot")
    assert match_by_external_id(intercom.workspace_id) == set()
    match = Match.objects.get(company=acme)
    assert (match.state, match.customer_id) == ("conflict", None)


def test_a_second_customer_takes_an_automatic_match_back(intercom: Connection):
    acme = company(intercom, "7")
    known(intercom, "7", "csv")
    match_by_external_id(intercom.workspace_id)
    known(intercom, "7", "hubspot")
    assert match_by_external_id(intercom.workspace_id) == {acme.pk}
    assert Match.objects.get(company=acme).state == "conflict"


def test_a_changed_company_id_ends_its_automatic_match(intercom: Connection):
    acme = company(intercom, "AB-1")
    known(intercom, "AB-1")
    match_by_external_id(intercom.workspace_id)
    Company.objects.filter(pk=acme.pk).update(company_id="other")
    assert match_by_external_id(intercom.workspace_id, [acme.pk]) == {acme.pk}
    assert Match.objects.get(company=acme).state == "unmatched"


def test_only_the_companies_asked_for_are_matched(intercom: Connection):
    one, other = company(intercom, "AB-1"), company(intercom, "AB-1")
    known(intercom, "AB-1")
    assert match_by_external_id(intercom.workspace_id, [one.pk]) == {one.pk}
    assert not Match.objects.filter(company=other).exists()


@pytest.mark.parametrize(
    "decision",
    [
        {"state": "confirmed", "method": "external_id"},
        {"state": "ignored", "method": ""},
        {"state": "auto", "method": "manual"},
        {"state": "unmatched", "method": "", "decided_by": "ada@a.example"},
    ],
)
def test_what_a_person_decided_stays(intercom: Connection, decision: dict[str, str]):
    acme = company(intercom, "AB-1")
    known(intercom, "AB-1")
    MatchFactory(company=acme, customer=None, **decision)
    assert match_by_external_id(intercom.workspace_id) == set()
    assert Match.objects.filter(company=acme, customer=None, **decision).exists()


def test_a_suggestion_by_name_stays_until_an_id_says_more(intercom: Connection):
    acme = company(intercom, "AB-1")
    MatchFactory(company=acme, state="suggested", method="name", score=90)
    assert match_by_external_id(intercom.workspace_id) == set()
    assert Match.objects.get(company=acme).state == "suggested"
    known(intercom, "AB-1")
    assert match_by_external_id(intercom.workspace_id) == {acme.pk}
    assert Match.objects.get(company=acme).score is None


def test_ids_of_another_workspace_match_nothing(intercom: Connection):
    acme = company(intercom, "AB-1")
    with scopes_disabled():
        ExternalIdFactory(value="AB-1")
    assert match_by_external_id(intercom.workspace_id) == set()
    assert Match.objects.get(company=acme).state == "unmatched"


def test_a_thousand_companies_take_few_queries(intercom: Connection):
    CompanyFactory.create_batch(1000, connection=intercom)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        match_by_external_id(intercom.workspace_id)
    assert len(queries) < 20
