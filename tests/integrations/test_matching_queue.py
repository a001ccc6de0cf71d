"""The queue of matching: tabs, rows, words, and who may see what."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations.matching import health, rows
from integrations.models import Connection
from sonora.customers import decisions
from sonora.customers.models import Company, Customer, Match
from sonora.customers.queue import Counts
from sonora.workspaces.scoping import scope
from tests.factories import matching
from tests.factories.customers import CompanyFactory, CustomerFactory, ExternalIdFactory
from tests.factories.integrations import NOW
from tests.integrations.conftest import CARD, House
from tests.integrations.matched import PAGE, WHY, linked, said

MOST_QUERIES = 12


@pytest.fixture
def link(house: House) -> Iterator[Connection]:
    with scope(workspace=house.workspace):
        yield linked(house.workspace)


@pytest.fixture
def several(link: Connection) -> dict[str, Company]:
    """A company of each kind."""
    matching.customer(link, "Halden", csv="1")
    matching.customer(link, "Tessera", domain="tessera.example", hubspot="88123")
    matching.customer(link, "Twin Ltd", csv="2")
    matching.customer(link, "Twin Limited", hubspot="2")
    found = {
        "by id": matching.company(link, "Halden GmbH", company_id="1", talks=3),
        "likely": matching.company(link, "Tessera", company_id="t-1", website="www.tessera.example", talks=2),
        "conflict": matching.company(link, "Else", company_id="2", talks=4),
        "nobody": matching.company(link, "Wholly Unknown", talks=5),
        "ignored": matching.company(link, "Test account"),
    }
    matching.colleague(found["likely"], "ines@tessera.example")
    matching.matched(link)
    decisions.ignore(found["ignored"].pk, by=matching.ADA, reason="a test")
    return found


def test_a_row_says_company_customer_how_sure_and_the_sum(house: House, several: dict[str, Company]) -> None:
    page = said(house.ada.get(PAGE))
    for words in (
        "To review 1 Unmatched 1 Matched 1 Conflicts 1 Ignored 1",
        "Tessera t-1 · tessera.example 2 1 person",
        "Hubspot 88123",
        "Likely 100%",
        "Same name +85 Same website tessera.example +15 Score, of 100 100",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("unmatched", "Wholly Unknown 5 0 people"),
        ("matched", "Certain"),
        ("conflicts", "Same ID of two customers"),
        ("ignored", "a test"),
        ("made-up", "Likely 100%"),
    ],
)
def test_each_tab_shows_its_own(house: House, several: dict[str, Company], tab: str, words: str) -> None:
    assert words in said(house.ada.get(PAGE, {"tab": tab}))


def test_the_tab_of_the_card_counts_what_is_to_review(house: House, several: dict[str, Company]) -> None:
    for page in (CARD, PAGE):
        assert "Matching 1 to review" in said(house.ada.get(page))


def test_members_read_and_cannot_act(house: House, several: dict[str, Company]) -> None:
    page = house.ben.get(PAGE)
    assert "Likely 100%" in said(page)
    assert "You can view this. An admin can change it." in said(page)
    assert 'name="act"' not in page.content.decode()
    assert 'name="act"' in house.ada.get(PAGE).content.decode()


def test_a_stranger_finds_nothing(house: House, several: dict[str, Company]) -> None:
    assert house.cleo.get(PAGE).status_code == 404
    assert house.cleo.get(f"{PAGE}/companies/{several['likely'].pk}").status_code == 404


def test_the_words_are_escaped(house: House, link: Connection) -> None:
    matching.customer(link, "<b>Bold</b>")
    matching.company(link, "<b>Bold</b>")
    matching.matched(link)
    assert "<b>Bold</b>" not in house.ada.get(PAGE).content.decode()


@pytest.mark.parametrize("text", ["", "Company"])
@pytest.mark.parametrize("tab", ["review", "matched"])
def test_a_full_page_takes_few_queries(house: House, link: Connection, tab: str, text: str) -> None:
    for number in range(60):
        _match(link, number, "suggested" if tab == "review" else "auto")
    with CaptureQueriesContext(database) as queries:
        page = house.ada.get(PAGE, {"tab": tab, "q": text})
    assert len(page.context["rows"]) == 50
    assert len(queries) <= MOST_QUERIES, "\n".join(query["sql"][:200] for query in queries)


def _match(link: Connection, number: int, state: str) -> None:
    known: Customer = CustomerFactory(workspace=link.workspace)
    ExternalIdFactory(customer=known)
    one = CompanyFactory(connection=link, name=f"Company {number}")
    Match.objects.create(
        workspace=link.workspace, company=one, customer=known, state=state, method="name", score=90, decided_at=NOW
    )


def test_pages_follow_each_other(house: House, link: Connection) -> None:
    for number in range(60):
        _match(link, number, "suggested")
    first = house.ada.get(PAGE)
    older = house.ada.get(first.context["links"].older_url)
    assert [len(page.context["rows"]) for page in (first, older)] == [50, 10]
    assert not {row.company for row in first.context["rows"]} & {row.company for row in older.context["rows"]}


@pytest.mark.parametrize(
    ("known", "companies", "words"),
    [
        (True, 0, "Companies appear once they are synced."),
        (False, 1, "Add customers first, then we can match companies to them."),
        (True, 1, "Nothing to review 0 of 1 company are matched."),
    ],
)
def test_an_empty_queue_says_what_to_do(
    house: House, link: Connection, known: bool, companies: int, words: str
) -> None:
    if known:
        matching.customer(link, "Halden")
    for _ in range(companies):
        matching.company(link, "Quite Another")
    matching.matched(link)
    assert words in said(house.ada.get(PAGE))


def test_a_tab_is_searched_and_the_search_is_kept_from_page_to_page(house: House, link: Connection) -> None:
    for number in range(60):
        _match(link, number, "suggested")
    page = house.ben.get(PAGE, {"q": "company 5"})
    assert sorted(str(row.company) for row in page.context["rows"]) == [
        "Company 5",
        *(f"Company {n}" for n in range(50, 60)),
    ]
    assert "1–11 of 11" in said(page)
    assert "q=Company" in house.ben.get(PAGE, {"q": "Company"}).context["links"].older_url
    assert "Link 11 likely matches…" in said(house.ada.get(PAGE, {"q": "company 5"}))
    assert "likely match" not in said(house.ada.get(PAGE, {"q": "company 5", "tab": "unmatched"}))


def test_a_search_that_finds_nothing_leads_to_the_reason(house: House, several: dict[str, Company]) -> None:
    page = house.ben.get(PAGE, {"q": "Halden GmbH"})
    assert "No company of this list matches" in said(page)
    assert f'href="{WHY}?q=Halden%20GmbH"' in page.content.decode()


def test_a_row_says_when_its_company_was_active_last(house: House, several: dict[str, Company]) -> None:
    assert re.search(r"1 person active \d+ \w+", said(house.ada.get(PAGE)))


def test_why_a_company_is_not_here_is_told(house: House, several: dict[str, Company]) -> None:
    assert "It is matched to Halden, by ID." in said(house.ben.get(WHY, {"q": " halden  gmbh "}))
    assert "No company of this name is synced yet." in said(house.ben.get(WHY, {"q": "Nowhere"}))
    assert "Type a company’s name or ID." in said(house.ben.get(WHY))


def test_the_parts_of_the_bar_fill_it(link: Connection) -> None:
    parts = health.parts(Counts(companies={"auto": 402, "confirmed": 161, "suggested": 38, "ignored": 1}))
    assert [(part.key, part.count) for part in parts] == [
        ("auto", 402),
        ("confirmed", 161),
        ("suggested", 38),
        ("ignored", 1),
    ]
    assert parts[-1].width > 0
    assert 99 < parts[-1].start + parts[-1].width <= 100
    assert health.parts(Counts()) == []


def test_a_reason_is_split_from_its_points() -> None:
    assert rows.reason("Same website a.example: +15") == rows.Reason(text="Same website a.example", points="+15")
    assert rows.reason("Acme: Two is as likely: 91") == rows.Reason(text="Acme: Two is as likely", points="91")
    assert rows.reason("ada@a.example linked it to Acme: B") == rows.Reason(text="ada@a.example linked it to Acme: B")


def test_the_row_after_takes_the_place_of_one_that_leaves() -> None:
    assert rows.neighbours([1, 2, 3]) == {1: 2, 2: 3, 3: 2}
    assert rows.neighbours([1]) == {}
