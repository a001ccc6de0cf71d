"""The companies of a connection as an admin works through them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrations.models import Connection
from sonora.conversations import effects
from sonora.customers import choosing, decisions, explaining, queue
from sonora.customers.models import Company, Match, MatchingRules
from tests.factories.conversations import ConversationContactFactory, ConversationFactory
from tests.factories.customers import CompanyFactory, CustomerFactory
from tests.factories.integrations import NOW
from tests.factories.matching import ADA, colleague, company, customer, intercom, match, matched
from tests.factories.people import ContactCompanyFactory, ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(link: Connection) -> dict[str, Company]:
    """A company of each kind."""
    customer(link, "Halden", csv="1")
    customer(link, "Tessera", domain="tessera.example")
    customer(link, "Norrland Freight")
    customer(link, "Twin Ltd", csv="2")
    customer(link, "Twin Limited", hubspot="2")
    found = {
        "by id": company(link, "Halden GmbH", company_id="1", talks=3),
        "likely": company(link, "Tessera", website="tessera.example", talks=1),
        "possible": company(link, "Norrlnd Freight", talks=2),
        "conflict": company(link, "Else", company_id="2", talks=4),
        "doubt": company(link, "Tessera Inc", company_id="1"),
        "nobody": company(link, "Wholly Unknown", company_id="x-9", talks=5),
        "ignored": company(link, "Test account"),
        "gone": CompanyFactory(connection=link, name="Halden", deleted_at=NOW),
    }
    matched(link)
    decisions.ignore(found["ignored"].pk, by=ADA, reason="a test")
    return found


def names(link: Connection, **wanted: object) -> list[str]:
    return [row.company.name for row in queue.page(link.pk, queue.Filter(**wanted)).rows]


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        ("review", ["Norrlnd Freight", "Tessera"]),
        ("unmatched", ["Wholly Unknown"]),
        ("matched", ["Halden GmbH", "Tessera Inc"]),
        ("conflicts", ["Else", "Tessera Inc"]),
        ("ignored", ["Test account"]),
        ("made up", ["Norrlnd Freight", "Tessera"]),
    ],
)
def test_each_tab_lists_its_own_those_with_most_conversations_first(
    link: Connection, several: dict[str, Company], tab: str, expected: list[str]
):
    assert names(link, tab=tab) == expected


def test_the_list_narrows_to_words_an_id_and_likely_ones(link: Connection, several: dict[str, Company]):
    assert names(link, text="norrLND") == ["Norrlnd Freight"]
    assert names(link, text="Norrland") == ["Norrlnd Freight"]
    assert names(link, tab="unmatched", text="x-9") == ["Wholly Unknown"]
    assert names(link, likely=True) == ["Tessera"]


def test_what_can_be_only_one_customer_is_to_review_first(link: Connection):
    for name in ("Norrland Freight", "Norrlnd Freight", "Halden"):
        customer(link, name)
    company(link, "Norrland Freight AB", talks=3)
    company(link, "Halden", talks=1)
    matched(link)
    rows = queue.page(link.pk, queue.Filter()).rows
    assert [(row.company.name, row.has_rivals, row.affected) for row in rows] == [
        ("Halden", False, 1),
        ("Norrland Freight AB", True, 3),
    ]


def test_when_a_company_was_active_is_known_by_its_conversations_and_its_people(link: Connection):
    talked, seen, quiet = (company(link, name) for name in ("Talked", "Seen", "Quiet"))
    ConversationFactory(connection=link, company=talked, updated_at=NOW - 50)
    ConversationFactory(connection=link, company=talked, updated_at=NOW, deleted_at=NOW)
    for one, at in ((talked, NOW - 90), (seen, NOW - 20), (seen, None)):
        ContactCompanyFactory(contact=ContactFactory(connection=link, last_seen_at=at), company=one)
    colleague(quiet, "ines@quiet.example")
    pks = [talked.pk, seen.pk, quiet.pk]
    assert effects.last_changes(pks) == {talked.pk: NOW - 50}
    found = effects.staff(pks)
    assert [(found[pk].people, found[pk].seen_at) for pk in pks] == [(1, NOW - 90), (2, NOW - 20), (1, None)]


def test_counts_are_by_companies_and_by_conversations(link: Connection, several: dict[str, Company]):
    found = queue.counts(link.pk)
    assert found.tabs == {"review": 2, "unmatched": 1, "matched": 2, "conflicts": 2, "ignored": 1}
    assert found.companies == {"auto": 2, "suggested": 2, "conflict": 1, "unmatched": 1, "ignored": 1}
    assert found.conversations == {"auto": 3, "suggested": 3, "conflict": 4, "unmatched": 5, "ignored": 0}


def test_customers_of_several_companies_are_shown_as_groups(link: Connection, several: dict[str, Company]):
    rows = queue.page(link.pk, queue.Filter(tab="matched")).rows
    assert queue.siblings(rows) == {match(several["by id"]).customer_id: 2}


def test_pages_follow_each_other_without_gap_or_repeat(link: Connection):
    for number in range(120):
        one = company(link, f"Company {number}", talks=number % 3)
        Match.objects.create(workspace=link.workspace, company=one, state="unmatched", decided_at=NOW)
    wanted, listed, after = queue.Filter(tab="unmatched"), [], None
    while True:
        page = queue.page(link.pk, wanted, after=after)
        listed += [row.pk for row in page.rows]
        if (after := page.next) is None:
            break
    assert len(listed) == len(set(listed)) == 120


def test_a_page_takes_as_many_queries_however_long_the_list(link: Connection):
    for number in range(60):
        known = CustomerFactory(workspace=link.workspace)
        one = CompanyFactory(connection=link, name=f"Company {number}")
        Match.objects.create(workspace=link.workspace, company=one, customer=known, state="suggested", decided_at=NOW)
    with CaptureQueriesContext(connection) as queries:
        page = queue.page(link.pk, queue.Filter())
        effects.of([row.company_id for row in page.rows])
        assert [row.company.name for row in page.rows if row.customer]
        queue.counts(link.pk)
    assert len(page) == 50
    assert len(queries) <= 8


def test_an_effect_is_what_attribution_then_gives(link: Connection):
    acme, other = company(link, "Acme", talks=2), company(link, "Else")
    colleague(acme, "ines@acme.example", talks=3)
    both = ContactFactory(connection=link)
    ContactCompanyFactory(contact=both, company=acme)
    ContactCompanyFactory(contact=both, company=other)
    ConversationContactFactory(conversation=ConversationFactory(connection=link, company=None), contact=both)
    ConversationFactory(connection=link, company=acme, deleted_at=NOW)
    found = effects.of([acme.pk, other.pk])
    assert [(one.conversations, one.people) for one in (found[acme.pk], found[other.pk])] == [(5, 2), (0, 1)]
    together = effects.total([acme.pk, other.pk])
    assert (together.conversations, together.people) == (5, 2)


def test_the_preview_of_rules_counts_what_they_then_do(link: Connection, several: dict[str, Company]):
    for chosen in ({"names": "off"}, {"names": "suggest"}, {"names": "link"}, {"by_id": False, "use_domains": False}):
        MatchingRules.objects.all().delete()
        rules = MatchingRules(workspace=link.workspace, connection=link, **chosen)
        found = choosing.preview(link.pk, rules)
        rules.save()
        matched(link)
        done = queue.counts(link.pk).companies
        assert (found.linked, found.suggested, found.conflicts, found.left) == tuple(
            done.get(state, 0) for state in ("auto", "suggested", "conflict", "unmatched")
        ), chosen


def test_of_many_companies_a_preview_looks_at_the_names_of_some(link: Connection, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choosing, "SAMPLE", 4)
    customer(link, "Halden", csv="1")
    for number in range(10):
        company(link, "Halden" if number % 5 else "Wholly Unknown")
    company(link, "By its id", company_id="1")
    matched(link)
    found = choosing.preview(link.pk, MatchingRules(workspace=link.workspace, connection=link))
    assert (found.looked_at, found.of, found.is_exact) == (4, 10, False)
    assert (found.linked, found.suggested, found.left) == (1, 8, 2)
    off = choosing.preview(link.pk, MatchingRules(workspace=link.workspace, connection=link, names="off"))
    assert (off.linked, off.left, off.is_exact) == (1, 10, True)


def test_the_candidates_of_a_company_leave_out_the_rejected(link: Connection, several: dict[str, Company]):
    one = several["likely"]
    rules = MatchingRules(connection=link, names="off")
    ((name, best),) = choosing.candidates(one, rules)
    assert name == "Tessera"
    assert (best.score, best.customer) == (100, match(one).customer_id)
    decisions.reject(one.pk, best.customer, by=ADA)
    assert choosing.candidates(one, rules) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("halden gmbh", "It is matched to Halden, by ID."),
        ("Norrlnd", "Norrland Freight is suggested for it, with 74 of 100."),
        ("Else", "Same ID of two customers. Choose one."),
        ("Wholly", "No customer has its ID, and none is like its name (none reaches 60 of 100)."),
        ("Test acc", "ada@a.example ignored it: a test."),
        ("x-9", "No customer has its ID, and none is like its name (none reaches 60 of 100)."),
        ("Nowhere", "No company of this name is synced yet. Check its name in Intercom."),
        ("  ", "No company of this name is synced yet. Check its name in Intercom."),
        ("Not read", "Only its ID is known. It comes with the next sync."),
        ("New one", "It was not looked at yet. It will be with the next sync."),
    ],
)
def test_it_is_told_why_a_company_is_not_here(link: Connection, several: dict[str, Company], text: str, sentence: str):
    CompanyFactory(connection=link, name="Not read", fetched_at=None)
    CompanyFactory(connection=link, name="New one")
    assert explaining.why(link.pk, text)[0].sentence == sentence


def test_a_deleted_company_is_told_as_deleted(link: Connection, several: dict[str, Company]):
    answers = {one.company: one.sentence for one in explaining.why(link.pk, "Halden")}
    assert answers[several["gone"]] == "It was deleted or archived in Intercom."


def test_a_confirmed_company_names_who_did_it(link: Connection, several: dict[str, Company]):
    one = several["likely"]
    decisions.link(one.pk, match(one).customer_id or 0, by=ADA)
    assert explaining.why(link.pk, "Tessera")[0].sentence == f"{ADA} matched it to Tessera."


def test_another_workspace_sees_none_of_it(link: Connection, several: dict[str, Company]):
    with intercom() as other:
        assert queue.page(link.pk, queue.Filter()).rows == []
        assert set(queue.counts(link.pk).tabs.values()) == {0}
        assert explaining.why(link.pk, "Halden")[0].company is None
        assert choosing.history().rows == []
        assert choosing.preview(other.pk, MatchingRules(connection=other)).left == 0
