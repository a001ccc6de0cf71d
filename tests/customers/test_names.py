"""Which customer a company's name, website and people point to, and how surely."""

import re
import time

import pytest

from sonora.customers.matching.index import Customers, KnownCustomer
from sonora.customers.matching.names import POSSIBLE, Found, Mode, Rules, Subject, by_name

ACME = ("Acme", "acme.example")


def look(
    company: str,
    *customers: str | tuple[str, str],
    website: str = "",
    people: dict[str, int] | None = None,
    mode: Mode = "link",
    rejected: tuple[int, ...] = (),
    **rules: bool,
) -> Found:
    """What is found for *company* among *customers*: names, or names with a domain."""
    rows = [one if isinstance(one, tuple) else (one, "") for one in customers]
    known = Customers(KnownCustomer(pk=pk, name=row[0], domain=row[1]) for pk, row in enumerate(rows))
    subject = Subject(name=company, website=website, people=people or {})
    return by_name(subject, known, rules=Rules(mode=mode, **rules), rejected=rejected)


def best(found: Found) -> tuple[int, int] | None:
    """The customer and the score of the best candidate."""
    return (found.best.customer, found.best.score) if found.best else None


# ---- Linked by itself ----


@pytest.mark.parametrize("company", ["Acme", "ACME GmbH", "The Acme Company, Inc.", "acme ltd"])
def test_the_only_customer_of_the_same_name_is_linked(company: str):
    found = look(company, "Acme", "Zeta")
    assert (found.state, best(found)) == ("auto", (0, 85))


@pytest.mark.parametrize(
    ("company", "customers", "why"),
    [
        ("Acme GmbH", ("Acme Inc.",), "another legal form"),
        ("Acme", ("Acme Ltd", "Acme GmbH"), "two of the same name"),
        ("Acme Foods", ("Acme",), "only similar"),
        ("Acme (UK)", ("Acme",), "a place in brackets"),
        ("Acme (formerly Zeta)", ("Acme",), "another name in brackets"),
        ("Zeta Ltd dba Acme", ("Acme",), "another name"),
        ("Acme - Billing", ("Acme",), "a part of it"),
    ],
)
def test_a_doubt_keeps_a_name_from_linking_by_itself(company: str, customers: tuple[str, ...], why: str):
    assert look(company, *customers).state in {"suggested", "conflict"}, why


def test_another_website_keeps_the_same_name_from_linking():
    found = look("Acme", ACME, website="https://acme-foods.example")
    assert (found.state, best(found)) == ("suggested", (0, 65))


@pytest.mark.parametrize(("mode", "state"), [("suggest", "suggested"), ("off", "unmatched")])
def test_the_mode_says_how_far_it_goes(mode: Mode, state: str):
    assert look("Acme", "Acme", mode=mode).state == state


# ---- The sum ----


@pytest.mark.parametrize(
    ("company", "website", "people", "score"),
    [
        ("Acme", "https://acme.example", {}, 100),
        ("Acme", "https://www.acme.test", {}, 85),
        ("Acme", "", {"acme.example": 3}, 100),
        ("Acme", "", {"acme.example": 2, "partner.example": 2}, 93),
        ("Acme", "", {"acme.example": 1, "partner.example": 2}, 85),
        ("Acme", "https://zeta.example", {"acme.example": 3}, 100),
        ("Acme", "https://zeta.example", {}, 65),
        ("Wholly Else", "https://acme.example", {}, 70),
        ("Wholly Else", "", {"acme.example": 2}, 65),
        ("Wholly Else", "", {"acme.example": 1}, 60),
    ],
)
def test_the_score_is_made_of_name_and_domain(company: str, website: str, people: dict[str, int], score: int):
    assert best(look(company, ACME, website=website, people=people)) == (0, score)


@pytest.mark.parametrize(
    "company", ["Acme", "Acme GmbH", "Acme Foods", "Amce Foods", "Zeta Ltd dba Acme Foods", "Else", "Foods Acme", "AF"]
)
@pytest.mark.parametrize("website", ["", "acme.example", "zeta.example"])
def test_the_score_is_the_sum_of_its_reasons(company: str, website: str):
    customers = (ACME, ("Acme Foods Inc.", "foods.example"), "Acme Foods", "Zeta")
    for one in look(company, *customers, website=website, people={"zeta.example": 1}).candidates:
        points = [re.fullmatch(r"(.+): ([+-]\d+)", reason) for reason in one.reasons]
        assert sum(int(found[2]) for found in points if found) == one.score
        assert POSSIBLE <= one.score <= 100


def test_a_domain_of_two_customers_says_nothing_alone():
    assert look("Wholly Else", ACME, ("Zeta", "acme.example"), website="acme.example").state == "unmatched"


@pytest.mark.parametrize("domain", ["gmail.com", "co.uk", "github.io", "facebook.com"])
def test_a_domain_of_everybody_matches_nobody(domain: str):
    assert look("Wholly Else", ("Acme", domain), website=domain, people={domain: 3}).state == "unmatched"


def test_a_name_that_is_a_domain_is_a_website():
    assert best(look("acme.com", ("Acme", "acme.com"))) == (0, 100)
    assert best(look("acme.com", ("Wholly Else", "acme.com"))) == (0, 70)


def test_domains_count_only_if_the_admin_wants_it():
    assert look("Wholly Else", ACME, website="acme.example", use_domains=False).state == "unmatched"
    assert best(look("Acme", ACME, website="zeta.example", use_domains=False)) == (0, 85)


def test_without_normal_forms_a_name_is_its_letters():
    assert look("ACME GmbH", "Acme", normal_forms=False).state == "unmatched"
    assert look(" Acme ", "Acme", normal_forms=False).state == "auto"


# ---- Which one ----


@pytest.mark.parametrize(
    ("company", "customers", "right"),
    [
        ("Northwnd Traders", ("Southwind Traders", "Northwind Traders Ltd"), 1),
        ("Traders, Northwind", ("Southwind Traders", "Northwind Traders Ltd"), 1),
        ("NorthwindTraders", ("Northwind Foods", "Northwind Traders"), 1),
        ("Northwind Traders Int'l", ("Northwind Foods", "Northwind Traders"), 1),
        ("Northwind Mfg. Co", ("Northwind Manufacturing", "Northwind Management"), 0),
        ("Acme Germany", ("Acme", "Acme Deutschland GmbH", "Acme France"), 1),
        ("Acme Holding", ("Acme Holdings", "Acme", "Acme Group"), 0),
        ("Volkswagen Financial Services AG", ("Volkswagen", "Volkswagen Financial Services", "Volkswagen Bank"), 1),
        ("IBM", ("International Business Machines Corp.", "Intel"), 0),
        ("International Business Machines", ("IBM", "Intel"), 0),
        ("Siemens Energy", ("Siemens", "Siemens Energy AG", "Siemens Healthineers"), 1),
        ("Acme GmbH", ("Acme Inc.", "Acme GmbH"), 1),
        ("Acme", ("Acme GmbH", "Acme"), 1),
        ("PricewaterhouseCoopers", ("Price Waterhouse Coopers LLP", "Waterhouse"), 0),
        ("Deutsche Telekom", ("Deutsche Bank", "Deutsche Telekom AG", "Telekom Austria"), 1),
        ("Société Generale", ("Société Générale S.A.", "General Electric"), 0),
        ("Twilio Inc (formerly SendGrid)", ("Sendgrid", "Sendinblue"), 0),
        ("Hewlett-Packard", ("Hewlett Packard Enterprise", "Packard Bell"), 0),
    ],
)  # fmt: skip
def test_the_best_candidate_is_the_right_one(company: str, customers: tuple[str, ...], right: int):
    found = look(company, *customers)
    assert found.best
    assert (found.state in {"auto", "suggested"}, found.best.customer) == (True, right)


@pytest.mark.parametrize(
    ("company", "customer"),
    [
        ("Northwind Bank", "Northwind Foods"),
        ("Acme France", "Acme Germany"),
        ("Studio 54", "Studio 55"),
        ("Fund II", "Fund III"),
        ("Smith & Jones", "Smith & Johnson"),
        ("Global Solutions", "Global Systems"),
        ("Data Consulting GmbH", "Data Logistics GmbH"),
        ("Delta Air Lines", "Delta Faucet"),
        ("First National Bank", "First Republic Bank"),
        ("United Airlines", "United Health"),
        ("General Motors", "General Electric"),
        ("Apple Bank", "Apple Records"),
        ("Pioneer Summit", "Summit"),
        ("Best", "Bestda"),
        ("Tesla", "Testa"),
        ("GmbH", "Ltd"),
        ("", "Acme"),
        ("!!!", "???"),
        ("Group", "Holding"),
    ],
)
def test_similar_names_of_different_firms_are_not_suggested(company: str, customer: str):
    assert look(company, customer).state == "unmatched"


def test_two_near_candidates_are_never_guessed():
    found = look("Acme", "Acme Ltd", "Acme Limited", mode="link")
    assert (found.state, len(found.candidates)) == ("conflict", 2)


def test_a_rejected_customer_is_left_out():
    found = look("Acme", "Acme", "Acme Foods", rejected=(0,))
    assert best(found) == (1, 68)
    assert look("Acme", "Acme", rejected=(0,)).state == "unmatched"


def test_initials_of_two_customers_say_nothing():
    assert look("IBM", "International Business Machines", "Iberian Bread Makers").state == "unmatched"


# ---- How fast ----


def test_a_company_among_five_thousand_customers_takes_little_time():
    known = Customers(
        KnownCustomer(pk=pk, name=f"Customer {pk} {'Foods' if pk % 2 else 'Bank'} Ltd", domain=f"c{pk}.example")
        for pk in range(5_000)
    )
    began = time.process_time()
    by_name(Subject(name="Custmer 17 Foods"), known, rules=Rules())
    assert time.process_time() - began < 0.02


@pytest.mark.parametrize("unit", ["a@", "(a) ", "a b ", "Acme - ", "d/b/a ", "ä"])
def test_a_very_long_name_takes_little_time(unit: str):
    known = Customers([KnownCustomer(pk=1, name=unit * 120, domain="")])
    began = time.process_time()
    by_name(Subject(name=(unit * 100_000)[:100_000], website=unit * 50_000), known, rules=Rules())
    assert time.process_time() - began < 0.05
