"""Deciding about companies on the pages: one at a time, undone, in history, and by two admins at once."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from integrations.matching import acts
from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.customers.models import Company, Customer, Decision, Match, Rejection
from sonora.screens.audit import phrases
from sonora.workspaces.permissions import Role
from sonora.workspaces.scoping import scope
from tests.factories import matching
from tests.factories.integrations import ConnectionFactory
from tests.factories.workspaces import MembershipFactory, UserFactory
from tests.integrations.conftest import CARD, House
from tests.integrations.matched import DECIDE, HISTORY, PAGE, entries, form, linked, said


@pytest.fixture
def link(house: House) -> Iterator[Connection]:
    with scope(workspace=house.workspace):
        yield linked(house.workspace)


@pytest.fixture
def tessera(link: Connection) -> Company:
    """A company of two conversations and one person, for which a customer of its name is suggested."""
    matching.customer(link, "Tessera")
    one = matching.company(link, "Tessera GmbH", talks=2)
    matching.colleague(one, "ines@tessera.example")
    matching.matched(link)
    return one


def test_a_link_says_what_belongs_to_the_customer_and_is_audited(house: House, tessera: Company) -> None:
    page = house.ada.post(DECIDE, form(tessera, "link"), follow=True)
    assert "2 conversations and 1 person now belong to Tessera." in said(page)
    assert matching.says(tessera) == ("confirmed", "Tessera")
    assert matching.talks_of(Customer.objects.get()) == 2
    (entry,) = entries("match.linked")
    assert (entry.actor, entry.subject, entry.detail["customer"]) == ("ada@a.example", "Tessera GmbH", "Tessera")


def test_the_toast_undoes_it_exactly(house: House, tessera: Company) -> None:
    before = matching.everything()
    page = house.ada.post(DECIDE, form(tessera, "link"), follow=True)
    undo = f"{DECIDE}/{Decision.objects.get().pk}/undo"
    assert f'action="{undo}"' in page.content.decode()
    assert matching.everything() != before
    assert "Undone. 1 company is as it was." in said(house.ada.post(undo, {"next": PAGE}, follow=True))
    assert matching.everything() == before
    assert [entry.detail["companies"] for entry in entries("match.undone")] == [1]
    assert "It is undone already." in said(house.ada.post(undo, follow=True))


def test_what_somebody_decided_about_since_stays_and_is_told(house: House, tessera: Company) -> None:
    house.ada.post(DECIDE, form(tessera, "link"))
    first = Decision.objects.get()
    house.ada.post(DECIDE, form(tessera, "ignore"))
    page = said(house.ada.post(f"{DECIDE}/{first.pk}/undo", follow=True))
    assert "1 left as now. Tessera GmbH: ada@a.example decided about it since." in page
    assert matching.says(tessera)[0] == "ignored"


def test_not_this_is_never_suggested_again(house: House, tessera: Company) -> None:
    page = said(house.ada.post(DECIDE, form(tessera, "reject"), follow=True))
    assert "Tessera GmbH is not Tessera. It is not suggested again." in page
    matching.matched(tessera.connection)
    assert matching.says(tessera) == ("unmatched", None)
    assert Rejection.objects.count() == 1
    assert len(entries("match.rejected")) == 1


def test_ignoring_keeps_the_reason_and_can_be_taken_back(house: House, tessera: Company) -> None:
    house.ada.post(DECIDE, form(tessera, "ignore", reason="  a   test "))
    assert (matching.match(tessera).state, matching.match(tessera).reasons) == ("ignored", ["a test"])
    assert "Match again" in said(house.ada.get(PAGE, {"tab": "ignored"}))
    house.ada.post(DECIDE, form(tessera, "reconsider"))
    assert matching.says(tessera) == ("suggested", "Tessera")
    assert [len(entries(f"match.{name}")) for name in ("ignored", "taken_up")] == [1, 1]


def test_a_customer_is_made_of_a_company(house: House, link: Connection) -> None:
    nobody = matching.company(link, "Wholly Unknown", company_id="w-1", talks=1)
    matching.matched(link)
    page = said(house.ada.post(DECIDE, form(nobody, "create"), follow=True))
    assert "1 conversation and 0 people now belong to Wholly Unknown." in page
    assert Customer.objects.get().external_ids.get().value == "w-1"
    assert len(entries("match.customer_created")) == 1


def test_two_who_decide_at_once_are_told(house: House, tessera: Company) -> None:
    sent = form(tessera, "link")
    _second(house).post(DECIDE, form(tessera, "ignore"))
    page = said(house.ada.post(DECIDE, sent, follow=True))
    assert "gil@a.example changed this a moment ago. Review and try again." in page
    assert matching.says(tessera)[0] == "ignored"


def _second(house: House) -> Client:
    """Another admin of the same workspace."""
    user = UserFactory(email="gil@a.example")
    MembershipFactory(user=user, workspace=house.workspace, role=Role.ADMIN)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("made_up", [{"act": "delete"}, {"act": "link", "customer": "x"}, {"act": ""}])
def test_a_decision_that_is_none_is_refused(house: House, tessera: Company, made_up: dict[str, str]) -> None:
    assert house.ada.post(DECIDE, form(tessera, "link") | made_up).status_code == 400
    assert not Decision.objects.exists()


def test_a_customer_that_is_gone_is_told(house: House, tessera: Company) -> None:
    page = said(house.ada.post(DECIDE, form(tessera, "link", customer=999_999), follow=True))
    assert "This customer was deleted. Choose another." in page


def test_members_and_strangers_decide_nothing(house: House, tessera: Company) -> None:
    sent = form(tessera, "link")
    assert house.ben.post(DECIDE, sent).status_code == 403
    assert house.cleo.post(DECIDE, sent).status_code == 404
    house.ada.post(DECIDE, sent)
    undo = f"{DECIDE}/{Decision.objects.get().pk}/undo"
    assert house.ben.post(undo).status_code == 403
    assert house.cleo.post(undo).status_code == 404
    assert matching.says(tessera)[0] == "confirmed"


def test_another_workspaces_company_and_decision_are_not_found(house: House, tessera: Company) -> None:
    house.ada.post(DECIDE, form(tessera, "link"))
    undo = f"{DECIDE}/{Decision.objects.get().pk}/undo"
    sent = form(tessera, "ignore")
    other = house.cleo.get("/customers").wsgi_request.workspace
    with scope(workspace=other):
        linked(other)
    assert house.cleo.get(PAGE).status_code == 200
    for answer in (
        house.cleo.post(DECIDE, sent),
        house.cleo.post(undo),
        house.cleo.get(f"{PAGE}/companies/{tessera.pk}"),
    ):
        assert answer.status_code == 404
    assert matching.says(tessera)[0] == "confirmed"


def test_a_company_of_another_provider_is_decided_about_on_its_own_pages(house: House, link: Connection) -> None:
    other = ConnectionFactory(workspace=link.workspace, provider="another")
    one = matching.company(other, "Elsewhere")
    matching.matched(other)
    assert house.ada.post(DECIDE, form(one, "ignore")).status_code == 404
    assert house.ada.get(f"{PAGE}/companies/{one.pk}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (f"{PAGE}?tab=matched#rows", f"{PAGE}?tab=matched#rows"),
        ("https://evil.example/", PAGE),
        ("//evil.example", PAGE),
    ],
)
def test_the_way_back_is_one_of_ours(house: House, tessera: Company, asked: str, expected: str) -> None:
    assert house.ada.post(DECIDE, form(tessera, "link", next=asked))["Location"] == expected


def test_a_company_shows_every_candidate_and_finds_other_customers(house: House, tessera: Company) -> None:
    other = matching.customer(tessera.connection, "Okapi", domain="okapi.example", csv="ok-1")
    address = f"{PAGE}/companies/{tessera.pk}"
    forms = re.findall(r'<form[^>]*method="post" action="([^"]*)"', house.ada.get(address).content.decode())
    assert forms.count(DECIDE) == 2
    page = said(house.ada.get(address))
    assert "Tessera Likely 85% Same name but for its spelling +85" in page
    assert "2 conversations and 1 person belong to it." in page
    for text in ("kap", "okapi.ex", "ok-1"):
        assert house.ada.get(address, {"q": text}).context["choices"] == [other]
    assert "No customer is found." in said(house.ada.get(address, {"q": "zyxw"}))
    house.ada.post(DECIDE, form(tessera, "link", customer=other.pk))
    assert matching.says(tessera) == ("confirmed", "Okapi")


def test_a_member_reads_a_company_and_cannot_choose(house: House, tessera: Company) -> None:
    page = house.ben.get(f"{PAGE}/companies/{tessera.pk}")
    assert "Likely 85%" in said(page)
    assert 'name="act"' not in page.content.decode()


def test_history_lists_who_decided_what_with_undo(house: House, tessera: Company) -> None:
    assert "Nothing decided yet" in said(house.ada.get(HISTORY))
    house.ada.post(DECIDE, form(tessera, "link"))
    assert "Linked Tessera GmbH ada@a.example 1 Undo" in said(house.ada.get(HISTORY))
    assert "Undo" not in said(house.ben.get(HISTORY)).split("Linked Tessera GmbH")[1]
    house.ada.post(f"{DECIDE}/{Decision.objects.get().pk}/undo")
    assert "Undone just now by ada@a.example" in said(house.ada.get(HISTORY))


def test_linking_twice_changes_nothing_more(house: House, tessera: Company) -> None:
    house.ada.post(DECIDE, form(tessera, "link"))
    page = said(house.ada.post(DECIDE, form(tessera, "link"), follow=True))
    assert "It was so already. Nothing changed." in page
    assert Decision.objects.count() == len(entries("match.linked")) == 1


def test_unlinking_a_match_by_id_stays_unlinked(house: House, link: Connection) -> None:
    matching.customer(link, "Halden", csv="1")
    one = matching.company(link, "Halden", company_id="1", talks=1)
    matching.matched(link)
    assert "Unlink" in said(house.ada.get(PAGE, {"tab": "matched"}))
    house.ada.post(DECIDE, form(one, "reject"))
    matching.matched(link)
    assert Match.objects.get().customer is None
    assert not Conversation.objects.filter(customer__isnull=False).exists()


def test_the_card_of_a_provider_without_connection_has_no_matching(house: House) -> None:
    assert house.ada.get(PAGE).status_code == 404
    assert house.ada.get(CARD).status_code == 200


def test_every_act_has_words_in_the_audit_trail() -> None:
    assert {f"match.{past}" for past in acts.PAST.values()} <= set(phrases.PHRASES)
