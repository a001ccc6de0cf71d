"""Companies that are found by name, website and people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection
from sonora.conversations import following
from sonora.customers import arranged, matches, naming
from sonora.customers.models import Company, Customer, Match, Rejection
from tests.factories.customers import CompanyFactory
from tests.factories.integrations import NOW
from tests.factories.matching import (
    ADA,
    colleague,
    company,
    customer,
    intercom,
    match,
    matched,
    rules,
    says,
    talks_of,
)

pytestmark = pytest.mark.django_db


def test_a_similar_name_is_suggested_and_moves_nothing(link: Connection):
    acme, known = company(link, "Acme GmbH", talks=2), customer(link, "Acme")
    assert matched(link) == set()
    one = match(acme)
    assert (one.state, one.customer, one.method, one.score) == ("suggested", known, "name", 85)
    assert one.reasons == ["Same name but for its spelling: +85"]
    assert talks_of(known) == 0


def test_the_only_customer_of_the_name_is_linked_where_the_admin_wants_it(link: Connection):
    acme, known = company(link, "Acme GmbH", talks=2), customer(link, "Acme")
    rules(link, names="link")
    assert matched(link) == {acme.pk}
    assert says(acme) == ("auto", "Acme")
    assert talks_of(known) == 2


def test_an_id_decides_before_a_name(link: Connection):
    acme = company(link, "Acme", company_id="z1")
    customer(link, "Acme")
    customer(link, "Zeta", csv="z1")
    matched(link)
    one = match(acme)
    assert (says(acme), one.method, one.doubt) == (("auto", "Zeta"), "external_id", "name")


def test_an_id_and_the_same_name_leave_no_doubt(link: Connection):
    acme = company(link, "Acme GmbH", company_id="z1")
    customer(link, "Acme", csv="z1")
    matched(link)
    assert match(acme).doubt == ""


def test_two_customers_of_one_name_are_a_conflict_that_names_both(link: Connection):
    acme = company(link, "Acme")
    customer(link, "Acme Ltd")
    customer(link, "ACME, Limited")
    rules(link, names="link")
    matched(link)
    one = match(acme)
    assert (one.state, one.customer, one.doubt) == ("conflict", None, "near")
    assert one.reasons == ["Acme Ltd is as likely: 85", "ACME, Limited is as likely: 85"]


def test_people_tell_whose_company_it_is(link: Connection):
    other = company(link, "Wholly Else")
    customer(link, "Acme", domain="acme.example")
    for address in ("ines@acme.example", "noor@acme.example", "who@gmail.com", ""):
        colleague(other, address)
    matched(link)
    assert says(other) == ("suggested", "Acme")
    assert match(other).reasons == ["2 of 2 people write from acme.example: +65"]


@pytest.mark.parametrize("domain", ["gmail.com", "co.uk"])
def test_an_address_of_everybody_tells_nothing(link: Connection, domain: str):
    other = company(link, "Wholly Else", website=domain)
    customer(link, "Acme", domain=domain)
    colleague(other, f"ines@{domain}")
    matched(link)
    assert says(other) == ("unmatched", None)


@pytest.mark.parametrize(("chosen", "state"), [({"names": "off"}, "unmatched"), ({"normal_forms": False}, "unmatched")])
def test_the_rules_of_the_connection_hold(link: Connection, chosen: dict[str, object], state: str):
    acme = company(link, "ACME GmbH")
    customer(link, "Acme")
    rules(link, **chosen)
    matched(link)
    assert match(acme).state == state


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, ("conflict", None)),
        ({"source": "csv"}, ("auto", "Acme")),
        ({"source": "hubspot"}, ("auto", "Zeta")),
        ({"source": "salesforce"}, ("unmatched", None)),
        ({"by_id": False}, ("unmatched", None)),
    ],
)
def test_the_admin_says_whose_ids_count(link: Connection, chosen: dict[str, object], expected: tuple[str, str | None]):
    other = company(link, "Else", company_id="7")
    customer(link, "Acme", csv="7")
    customer(link, "Zeta", hubspot="7")
    rules(link, **chosen)
    matched(link)
    assert says(other) == expected


# ---- What changes later ----


def test_a_renamed_company_is_looked_at_again(link: Connection):
    acme = company(link, "Acme")
    customer(link, "Acme")
    customer(link, "Zeta")
    matched(link)
    Company.objects.filter(pk=acme.pk).update(name="Zeta")
    matches.match_by_external_id(link.workspace_id, [acme.pk])
    assert naming.are_due(link.pk)
    following.match_names(link.workspace_id)
    assert says(acme) == ("suggested", "Zeta")
    assert not naming.are_due(link.pk)


def test_new_people_are_looked_at_again(link: Connection):
    other = company(link, "Wholly Else")
    customer(link, "Acme", domain="acme.example")
    matched(link)
    colleague(other, "ines@acme.example")
    matches.look_at_names_again([other.pk])
    following.match_names(link.workspace_id)
    assert says(other) == ("suggested", "Acme")


def test_an_id_that_comes_later_wins_over_a_suggestion(link: Connection):
    acme = company(link, "Acme", company_id="z1")
    customer(link, "Acme")
    matched(link)
    customer(link, "Zeta", csv="z1")
    assert matched(link) == {acme.pk}
    assert says(acme) == ("auto", "Zeta")


def test_a_customer_that_is_deleted_frees_its_companies(link: Connection):
    acme, confirmed = company(link, "Acme"), company(link, "Zeta")
    gone = customer(link, "Acme")
    matched(link)
    Match.objects.filter(company=confirmed).update(customer=gone, state="confirmed", decided_by=ADA)
    Customer.objects.get(pk=gone.pk).delete()
    assert [says(one) for one in (acme, confirmed)] == [("unmatched", None)] * 2
    assert match(confirmed).decided_by == ""
    customer(link, "Zeta")
    matched(link)
    assert says(confirmed) == ("suggested", "Zeta")


def test_what_is_deleted_or_only_named_is_not_looked_at(link: Connection):
    for values in ({"deleted_at": NOW}, {"fetched_at": None}):
        CompanyFactory(connection=link, name="Acme", **values)
    customer(link, "Acme")
    matched(link)
    assert not Match.objects.filter(state="suggested").exists()


def test_what_changed_while_names_were_looked_at_is_left_for_the_next_time(link: Connection):
    acme, known = company(link, "Acme"), customer(link, "Acme")
    matches.match_by_external_id(link.workspace_id)
    (looks,) = naming.look()
    other = customer(link, "Zeta")
    Match.objects.filter(company=acme).update(state="suggested", customer=other, method="name", version=1)
    naming.note(looks)
    assert says(acme) == ("suggested", "Zeta")
    Match.objects.filter(company=acme).update(state="ignored", customer=None, decided_by=ADA, version=0)
    naming.note(looks)
    assert says(acme) == ("ignored", None)

    Match.objects.filter(company=acme).update(state="unmatched", decided_by="")
    known.delete()
    naming.note(looks)
    assert says(acme) == ("unmatched", None)
    assert naming.are_due(link.pk)


def test_a_rejected_pair_never_comes_back(link: Connection):
    acme, first, second = company(link, "Acme"), customer(link, "Acme", csv="7"), customer(link, "Acme Foods")
    Company.objects.filter(pk=acme.pk).update(company_id="7")
    Rejection.objects.create(workspace=link.workspace, company=acme, customer=first, by=ADA, at=NOW)
    matched(link)
    assert says(acme) == ("suggested", second.name)


def test_a_second_time_changes_nothing(link: Connection):
    company(link, "Acme")
    company(link, "Nobody")
    company(link, "Zeta", company_id="z1")
    customer(link, "Acme")
    customer(link, "Zeta", csv="z1")
    matched(link)
    before = list(Match.objects.order_by("pk").values())
    assert matched(link) == set()
    assert list(Match.objects.order_by("pk").values()) == before


def test_customers_are_arranged_anew_only_when_one_changed(link: Connection):
    known = customer(link, "Acme")
    first = arranged.customers()
    assert arranged.customers() is first
    Customer.objects.filter(pk=known.pk).update(name="Zeta")
    assert arranged.customers().named(known.pk) == "Zeta"
    assert first.named(known.pk) == "Acme"  # others may be looking into it


def test_of_two_workspaces_each_has_its_own_customers(link: Connection):
    known = customer(link, "Acme")
    assert arranged.customers().named(known.pk) == "Acme"
    with intercom() as other:
        stranger = customer(other, "Zeta")
        assert (len(arranged.customers()), arranged.customers().named(stranger.pk)) == (1, "Zeta")
    assert arranged.customers().named(known.pk) == "Acme"


def test_no_more_than_two_workspaces_are_kept(link: Connection):
    for _ in range(3):
        with intercom():
            arranged.customers()
    assert len(arranged._kept) == arranged.KEPT


def test_a_thousand_companies_take_few_queries(link: Connection):
    CompanyFactory.create_batch(1_000, connection=link, name="Acme")
    customer(link, "Acme")
    with CaptureQueriesContext(connection) as queries:
        matched(link)
    assert Match.objects.filter(state="suggested").count() == 1_000
    assert len(queries) < 40
