"""The three questions: previewed, saved, audited, and applied."""

from collections.abc import Iterator
from typing import Any

import pytest

from integrations.models import Connection
from sonora.customers import choosing, matches, naming, queue
from sonora.customers.models import Company, MatchingRules
from sonora.workspaces.scoping import scope
from tests.factories import matching
from tests.integrations.conftest import House
from tests.integrations.matched import DECIDE, PAGE, RULES, entries, form, linked, said

USUAL = {"compare": "any", "names": "suggest", "normal_forms": "on", "use_domains": "on", "creation": "leave"}


@pytest.fixture
def link(house: House) -> Iterator[Connection]:
    with scope(workspace=house.workspace):
        yield linked(house.workspace)


@pytest.fixture
def three(link: Connection) -> list[Company]:
    """A company that is a customer by ID, one by its name, and one that is none."""
    matching.customer(link, "Halden", salesforce="1")
    matching.customer(link, "Tessera")
    found = [
        matching.company(link, "Halden", company_id="1"),
        matching.company(link, "Tessera"),
        matching.company(link, "Wholly Unknown"),
    ]
    matching.matched(link)
    return found


def states(three: list[Company]) -> list[str]:
    return [matching.says(one)[0] for one in three]


@pytest.mark.parametrize(
    ("changed", "counts", "after"),
    [
        ({}, "would link 1, suggest 1, leave 1.", ["auto", "suggested", "unmatched"]),
        ({"names": "link"}, "would link 2, suggest 0, leave 1.", ["auto", "auto", "unmatched"]),
        ({"names": "off"}, "would link 1, suggest 0, leave 2.", ["auto", "unmatched", "unmatched"]),
        ({"compare": "no"}, "would link 0, suggest 2, leave 1.", ["suggested", "suggested", "unmatched"]),
        ({"compare": "of:salesforce"}, "would link 1, suggest 1, leave 1.", ["auto", "suggested", "unmatched"]),
    ],
)
def test_the_preview_says_what_saving_then_does(
    house: House, three: list[Company], changed: dict[str, str], counts: str, after: list[str]
) -> None:
    before = states(three)
    page = said(house.ada.post(RULES, {**USUAL, **changed, "preview": "1"}))
    assert counts in page
    assert "Nothing is saved yet." in page
    assert (states(three), MatchingRules.objects.count()) == (before, 0)
    house.ada.post(RULES, {**USUAL, **changed})
    assert states(three) == after


def test_a_preview_of_a_sample_says_so(house: House, three: list[Company], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "SAMPLE", 1)
    page = said(house.ada.post(RULES, {**USUAL, "preview": "1"}))
    assert "would link about 1, suggest about 2, leave about 0." in page
    assert "Names were looked at of 1 of 2 companies, taken evenly. Nothing is saved yet." in page


def test_saving_is_audited_from_what_to_what(house: House, three: list[Company]) -> None:
    assert "Saved. Companies are matched by these rules now." in said(
        house.ada.post(RULES, {**USUAL, "names": "link", "creation": "offer"}, follow=True)
    )
    (entry,) = entries("matching.rules_changed")
    assert (entry.detail["before"]["names"], entry.detail["after"]["names"]) == ("suggest", "link")
    assert "names: link exact names automatically" in said(house.ada.get(PAGE))


def test_what_people_decided_stays(house: House, three: list[Company]) -> None:
    house.ada.post(DECIDE, form(three[0], "reject"))
    house.ada.post(DECIDE, form(three[1], "ignore"))
    house.ada.post(RULES, {**USUAL, "names": "link"})
    assert states(three) == ["unmatched", "ignored", "unmatched"]


def test_a_company_without_customer_is_offered_to_be_made_one(house: House, three: list[Company]) -> None:
    def offered() -> int:
        return house.ada.get(PAGE, {"tab": "unmatched"}).content.decode().count('value="create"')

    before = offered()
    house.ada.post(RULES, {**USUAL, "creation": "offer"})
    assert offered() == before + 1


def test_of_many_companies_the_names_are_left_to_the_sync(
    house: House, three: list[Company], link: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "AT_ONCE", 2)
    page = said(house.ada.post(RULES, {**USUAL, "compare": "no", "names": "link"}, follow=True))
    assert "Saved. IDs are compared; the next sync looks at the names." in page
    assert naming.are_due(link.pk)
    assert queue.counts(link.pk).companies.get("auto", 0) == 0


@pytest.mark.parametrize("typed", [{"names": "maybe"}, {"compare": "of:nobody"}, {"creation": ""}])
def test_what_is_no_answer_is_refused(house: House, three: list[Company], typed: dict[str, Any]) -> None:
    page = house.ada.post(RULES, {**USUAL, **typed})
    assert page.status_code == 422
    assert "Nothing was saved." in said(page)
    assert not MatchingRules.objects.exists()


def test_members_and_strangers_change_no_rules(house: House, three: list[Company]) -> None:
    assert house.ben.get(RULES).status_code == 403
    assert house.ben.post(RULES, USUAL).status_code == 403
    assert house.cleo.post(RULES, USUAL).status_code == 404
    assert not MatchingRules.objects.exists()


def test_the_form_shows_what_holds(house: House, three: list[Company], link: Connection) -> None:
    matching.rules(link, by_id=True, source="salesforce", names="off", offer_creation=True)
    form = house.ada.get(RULES).context["form"]
    assert [form[name].value() for name in ("compare", "names", "creation")] == ["of:salesforce", "off", "offer"]
