"""Linking many companies together: what it would do, what it did, and what it skipped."""

from collections.abc import Iterator

import pytest

from integrations.matching import bulk
from integrations.models import Connection
from sonora.customers import decisions, matches
from sonora.customers.models import Company, Decision, Match
from sonora.customers.queue import Filter
from sonora.workspaces.scoping import scope
from tests.factories import matching
from tests.integrations.conftest import House
from tests.integrations.matched import BULK, DECIDE, PAGE, entries, form, linked, said


@pytest.fixture
def link(house: House) -> Iterator[Connection]:
    with scope(workspace=house.workspace):
        yield linked(house.workspace)


@pytest.fixture
def seven(link: Connection) -> list[Company]:
    """Seven companies of two conversations each, for each of which a customer is likely."""
    return matching.suggested(link, 7, talks=2)


def test_the_preview_counts_and_shows_five(house: House, seven: list[Company]) -> None:
    page = house.ada.post(BULK, {"likely": "1"})
    for words in ("Link 7 companies?", "14 conversations and 0 people move", "Link 7 matches", "You can undo this."):
        assert words in said(page)
    assert len(page.context["preview"].samples) == 5
    assert not Decision.objects.exists()


def test_confirming_links_what_was_previewed_and_nothing_else(house: House, seven: list[Company]) -> None:
    chosen = [f"{form(one, 'link')['company']}:{form(one, 'link')['seen']}" for one in seven[:3]]
    text = house.ada.post(BULK, {"company": chosen}).context["preview"].text
    page = said(house.ada.post(BULK, {"company": text, "confirmed": "1"}))
    assert "Linked 3 companies" in page
    assert "6 conversations and 0 people now belong to their customers." in page
    assert [matching.says(one)[0] for one in seven] == ["confirmed"] * 3 + ["suggested"] * 4
    (entry,) = entries("match.linked_together")
    assert (entry.detail["companies"], entry.detail["conversations"], entry.detail["skipped"]) == (3, 6, 0)


def test_what_changed_since_the_preview_is_skipped_and_told(house: House, seven: list[Company]) -> None:
    text = house.ada.post(BULK, {"likely": "1"}).context["preview"].text
    house.ada.post(DECIDE, form(seven[0], "ignore"))
    page = said(house.ada.post(BULK, {"company": text, "confirmed": "1"}))
    assert "Linked 6 companies" in page
    assert f"Skipped 1 {seven[0].name} ada@a.example changed it since." in page
    assert matching.says(seven[0])[0] == "ignored"


def test_the_summary_undoes_the_whole_exactly(house: House, seven: list[Company]) -> None:
    before = matching.everything()
    text = house.ada.post(BULK, {"likely": "1"}).context["preview"].text
    page = house.ada.post(BULK, {"company": text, "confirmed": "1"})
    undo = f"{DECIDE}/{Decision.objects.get().pk}/undo"
    assert f'action="{undo}"' in page.content.decode()
    house.ada.post(undo)
    assert matching.everything() == before


def test_the_preview_says_what_it_skips(house: House, seven: list[Company]) -> None:
    Match.objects.filter(company=seven[0]).update(state="conflict")
    chosen = ",".join(f"{one.pk}:" for one in seven)
    assert "Skips 1 company in conflict or changed since." in said(house.ada.post(BULK, {"company": chosen}))


@pytest.mark.parametrize("text", ["", "x:1", ",,", ":", "99999999999999999999:1"])
def test_without_a_choice_nothing_happens(house: House, seven: list[Company], text: str) -> None:
    assert "Select companies first." in said(house.ada.post(BULK, {"company": text, "confirmed": "1"}, follow=True))
    assert not Decision.objects.exists()


def test_members_and_strangers_link_nothing(house: House, seven: list[Company]) -> None:
    sent = {"company": f"{seven[0].pk}:", "confirmed": "1"}
    assert house.ben.post(BULK, sent).status_code == 403
    assert house.cleo.post(BULK, sent).status_code == 404
    assert house.ada.get(BULK).status_code == 405
    assert not Decision.objects.exists()


def test_another_workspaces_companies_are_left_out(house: House, seven: list[Company]) -> None:
    other = house.cleo.get("/customers").wsgi_request.workspace
    with scope(workspace=other):
        linked(other)
    page = said(house.cleo.post(BULK, {"company": f"{seven[0].pk}:", "confirmed": "1"}))
    assert "Linked 0 companies" in page
    assert matching.says(seven[0])[0] == "suggested"


def test_not_these_says_what_it_does_does_it_and_is_undone_exactly(house: House, seven: list[Company]) -> None:
    before = matching.everything()
    chosen = ",".join(f"{one.pk}:{matching.seen(one)}" for one in seven[:3])
    preview = house.ada.post(BULK, {"company": chosen, "act": "reject"})
    assert "Reject 3 suggestions?" in said(preview)
    assert "Nothing moves. You can undo this." in said(preview)
    assert matching.everything() == before
    sent = {"company": preview.context["preview"].text, "act": "reject", "confirmed": "1"}
    assert "Rejected 3 suggestions They are not suggested again." in said(house.ada.post(BULK, sent))
    assert [matching.says(one)[0] for one in seven] == ["unmatched"] * 3 + ["suggested"] * 4
    (entry,) = entries("match.rejected_together")
    assert (entry.detail["companies"], entry.detail["skipped"]) == (3, 0)
    house.ada.post(f"{DECIDE}/{Decision.objects.get().pk}/undo")
    assert matching.everything() == before


def test_of_many_it_is_said_that_the_sync_looks_at_their_names(
    house: House, seven: list[Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "AT_ONCE", 2)
    sent = {"all": "1", "act": "reject", "confirmed": "1"}
    assert "The next sync looks for other customers." in said(house.ada.post(BULK, sent))
    undo = f"{DECIDE}/{Decision.objects.get().pk}/undo"
    assert "7 companies are as they were. The next sync looks" in said(house.ada.post(undo, follow=True))


def test_an_act_that_is_none_is_refused(house: House, seven: list[Company]) -> None:
    sent = {"company": f"{seven[0].pk}:", "act": "burn", "confirmed": "1"}
    assert house.ada.post(BULK, sent).status_code == 400
    assert not Decision.objects.exists()


def test_all_of_a_list_are_those_that_its_search_finds(house: House, seven: list[Company]) -> None:
    Match.objects.filter(company=seven[1]).update(score=70)
    page = house.ada.post(BULK, {"all": "1", "q": seven[1].name, "act": "link"})
    assert "Link 1 company?" in said(page)
    assert page.context["preview"].text.startswith(f"{seven[1].pk}:")
    assert "Link 7 companies?" in said(house.ada.post(BULK, {"all": "1", "q": ""}))
    assert "Select companies first." in said(house.ada.post(BULK, {"likely": "1", "q": seven[1].name}, follow=True))


def test_all_likely_ones_are_those_that_the_queue_shows_as_likely(link: Connection, seven: list[Company]) -> None:
    Match.objects.filter(company__in=seven[:2]).update(score=84)
    found = bulk.every(link.pk, Filter(likely=True))
    assert set(found) == {one.pk for one in seven[2:]}
    assert all(
        token == decisions.token(matching.match(one)) for one, token in zip(seven[2:], found.values(), strict=True)
    )


def test_the_button_counts_the_likely_ones(house: House, seven: list[Company]) -> None:
    assert "Link 7 likely matches…" in said(house.ada.get(PAGE))
    assert "likely matches…" not in said(house.ben.get(PAGE))
