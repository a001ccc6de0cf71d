"""Pure: is this company that customer."""

import pytest

from sonora.customers.matching import KnownId, by_external_id, same_id

SHORT = "0017Q00000hF2bQ"


def known(value: str, *, customer: int = 1, source: str = "salesforce") -> KnownId:
    return KnownId(pk=customer * 10, customer=customer, source=source, value=value)


def suffix(short: str) -> str:
    """The three characters that Salesforce adds, by its published rule."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    fives = [short[at : at + 5] for at in (0, 5, 10)]
    return "".join(alphabet[sum(1 << at for at, letter in enumerate(five) if letter.isupper())] for five in fives)


def test_the_two_salesforce_spellings_of_an_id_are_one():
    long = SHORT + suffix(SHORT)
    assert same_id("salesforce", long, SHORT)
    assert same_id("salesforce", SHORT, long)
    assert same_id("salesforce", long.upper(), long.lower())


def test_case_counts_in_fifteen_characters_of_salesforce():
    assert not same_id("salesforce", SHORT, SHORT.swapcase())


def test_a_suffix_that_contradicts_is_no_salesforce_id():
    assert not same_id("salesforce", "000000000000000" + "ABC", "000000000000000")


@pytest.mark.parametrize("source", ["csv", "hubspot", "custom"])
def test_other_sources_compare_ids_as_they_stand(source: str):
    assert same_id(source, " AB-1 ", "AB-1")
    assert not same_id(source, "AB-1", "ab-1")
    assert not same_id(source, SHORT + suffix(SHORT), SHORT)


def test_one_customer_with_the_id_is_the_one():
    verdict = by_external_id("AB-1", [known("AB-1", source="csv"), known("AB-2", customer=2, source="csv")])
    assert (verdict.state, verdict.known and verdict.known.customer) == ("auto", 1)
    assert verdict.reasons == ("Same ID in csv: AB-1",)


def test_two_customers_with_the_id_are_a_conflict():
    verdict = by_external_id("7", [known("7", source="csv"), known("7", customer=2, source="hubspot")])
    assert verdict.state == "conflict"
    assert verdict.known is None
    assert verdict.reasons == ("Same ID in csv: 7", "Same ID in hubspot: 7")


def test_one_customer_with_the_id_under_two_sources_is_no_conflict():
    verdict = by_external_id("7", [known("7", source="csv"), known("7", source="hubspot")])
    assert verdict.state == "auto"


@pytest.mark.parametrize("company_id", ["", "  ", "unknown"])
def test_no_customer_with_the_id_is_unmatched(company_id: str):
    assert by_external_id(company_id, [known("AB-1"), known("")]).state == "unmatched"
