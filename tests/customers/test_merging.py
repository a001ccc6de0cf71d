"""Two customers that are one, and two again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F
from django_scopes import scope, scopes_disabled

from sonora.conversations import following
from sonora.conversations.models import Conversation
from sonora.customers import decisions, editing, merging
from sonora.customers.models import Company, Customer, ExternalId, Match, Merge, Rejection
from tests.factories import cast
from tests.factories.cast import Filled
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory, MatchFactory

BY = "ada@a.example"
MODELS: tuple[Any, ...] = (Customer, ExternalId, Match, Rejection, Conversation)


@pytest.fixture
def house(db: None) -> Any:
    filled = cast.fill("a", words="saffron")
    with scope(workspace=filled.workspace):
        yield filled


@pytest.fixture
def twin(house: Filled) -> Customer:
    """What the house's customer is also called: with facts, an id and a company that the other one lacks."""
    facts: dict[str, Any] = {"tier": "Gold", "arr": Decimal("12.50"), "renewal_date": date(2027, 1, 31)}
    twin: Customer = CustomerFactory(workspace=house.workspace, name="Halden Twin", domain="twin.example", **facts)
    ExternalIdFactory(customer=twin, source="hubspot", value="H-1")
    company = CompanyFactory(connection=house.connection, external_id="c2", name="Halden Twin BV")
    MatchFactory(company=company, customer=twin)
    Conversation.objects.create(
        workspace=house.workspace, connection=house.connection, external_id="2002", company=company, customer=twin,
        created_at=1, updated_at=1, fetched_at=1, state="open",
    )  # fmt: skip
    other = CompanyFactory(connection=house.connection, external_id="c3", name="Somebody else")
    MatchFactory(company=other, customer=None, state="unmatched", method="")
    decisions.reject(other.pk, twin.pk, by=BY)
    return twin


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows that a merge may touch, without the numbers that count changes."""
    unimportant = {"version", "decided_at", "id"}
    return {
        model.__name__: sorted(
            ({k: v for k, v in row.items() if k not in unimportant or (k == "id" and model is not Rejection)}
             for row in model.objects.values()), key=str)
        for model in MODELS
    }  # fmt: skip


def merged(house: Filled, twin: Customer) -> Merge:
    return following.merge(house.workspace.pk, house.customer.pk, twin.pk, by=BY)


def test_everything_of_the_one_is_the_others(house: Filled, twin: Customer):
    merged(house, twin)
    assert not Customer.objects.filter(pk=twin.pk).exists()
    assert set(ExternalId.objects.values_list("customer", flat=True)) == {house.customer.pk}
    assert Match.objects.linking().filter(customer=house.customer).count() == 2
    assert set(Conversation.objects.values_list("customer", flat=True)) == {house.customer.pk}
    assert Rejection.objects.get().customer_id == house.customer.pk


def test_what_the_one_lacks_it_takes_over_and_what_it_has_it_keeps(house: Filled, twin: Customer):
    merged(house, twin)
    house.customer.refresh_from_db()
    assert (house.customer.tier, house.customer.arr, house.customer.domain) == (
        "Gold",
        Decimal("12.50"),
        "saffron.example",
    )


def test_undone_everything_is_as_it_was(house: Filled, twin: Customer):
    before = everything()
    merge = merged(house, twin)
    assert everything() != before
    following.split(house.workspace.pk, merge.pk, by=BY)
    assert everything() == before
    assert following.split(house.workspace.pk, merge.pk, by=BY).pk == merge.pk
    assert everything() == before


def test_what_was_decided_or_changed_since_stays(house: Filled, twin: Customer):
    merge = merged(house, twin)
    theirs = Match.objects.get(company__external_id="c2")
    decisions.ignore(theirs.company_id, by=BY)
    editing.change(Customer.objects.get(pk=house.customer.pk), {"tier": "Silver"}, by="ada@a.example")
    following.split(house.workspace.pk, merge.pk, by=BY)
    theirs.refresh_from_db()
    house.customer.refresh_from_db()
    assert theirs.state == Match.State.IGNORED
    assert (house.customer.tier, house.customer.arr) == ("Silver", None)


def test_merges_of_merges_are_undone_in_any_order(house: Filled, twin: Customer):
    third: Customer = CustomerFactory(workspace=house.workspace, name="Third")
    before = everything()
    first = following.merge(house.workspace.pk, twin.pk, third.pk, by=BY)
    second = merged(house, twin)
    assert Merge.objects.get(pk=first.pk).kept_id == house.customer.pk
    following.split(house.workspace.pk, second.pk, by=BY)
    following.split(house.workspace.pk, first.pk, by=BY)
    assert everything() == before


@pytest.mark.parametrize("other", [0, 10**9])
def test_a_customer_is_merged_with_another_that_is_there(house: Filled, other: int):
    with pytest.raises(decisions.Refused):
        merging.merge(house.customer.pk, other or house.customer.pk, by=BY)


def test_two_who_merge_the_same_at_once_merge_once(house: Filled, twin: Customer):
    merged(house, twin)
    with pytest.raises(decisions.Refused, match="a moment ago"):
        following.merge(house.workspace.pk, twin.pk, house.customer.pk, by=BY)


def test_customers_that_were_taken_apart_are_merged_the_other_way_round(house: Filled, twin: Customer):
    before = everything()
    first = merged(house, twin)
    following.split(house.workspace.pk, first.pk, by=BY)
    second = following.merge(house.workspace.pk, twin.pk, house.customer.pk, by=BY)
    assert list(Customer.objects.all()) == [twin]
    following.split(house.workspace.pk, second.pk, by=BY)
    assert everything() == before


def test_another_workspaces_customer_is_not_there(house: Filled):
    with scopes_disabled():
        theirs = cast.fill("b", words="indigo").customer
    with pytest.raises(decisions.Refused):
        merging.merge(house.customer.pk, theirs.pk, by=BY)


def test_a_page_that_was_open_is_out_of_date(house: Filled, twin: Customer):
    match = Match.objects.select_related("company").get(company__external_id="c2")
    seen = decisions.token(match)
    merged(house, twin)
    with pytest.raises(decisions.Outdated):
        decisions.ignore(match.company_id, by=BY, seen=seen)
    assert Company.objects.filter(match__version=F("match__version")).exists()
