"""On a phone a row of a list is a card: a name, the three fields that say most, and the others behind *More*."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import looks
from tests.browser.conftest import Enter
from tests.browser.guest import Guest

pytestmark = pytest.mark.browser
LISTS = [
    ("ada", "/customers", ["Health", "Open conversations", "Sentiment, 30 days"]),
    ("ada", "/people", ["Customer", "Engagement", "Sentiment, 90 days"]),
    ("ada", "/conversations", ["Customer", "State", "Sentiment"]),
    ("ada", "/feature-requests", ["Status", "Customers", "People"]),
    ("ada", "/customers/{talkative}/people", ["Engagement", "Sentiment", "Strength"]),
    ("ada", "/settings/integrations/intercom/runs", ["Kind", "Result", "Saved"]),
]


def visit(guest: Guest, path: str) -> Page:
    return guest.visit(path.format(**guest.house.facts))


def fields(card: Locator) -> list[str]:
    """The captions of those fields of *card* that are shown, in their order."""
    shown: list[str] = card.locator("[data-label]").evaluate_all(
        "(cells) => cells.filter((one) => one.checkVisibility()).map((one) => one.dataset.label)"
    )
    return shown


def full(page: Page, useful: list[str]) -> Locator:
    """The first card that has something to say in each of *useful*."""
    cards = page.locator("table.blocks tbody tr")
    for label in useful:
        cards = cards.filter(has=page.locator(f"[data-label='{label}']:not(.none)"))
    return cards.first


@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize(("who", "path", "useful"), LISTS, ids=[path for _, path, _ in LISTS])
def test_a_card_shows_three_fields_and_opens_the_others_by_keys(
    enter: Enter, who: str, path: str, useful: list[str], width: int
) -> None:
    page = visit(enter(who, width=width, scripts=False), path)
    card = full(page, useful)
    assert fields(card) == useful
    more = card.locator("summary", has_text="More")
    assert more.bounding_box()["height"] >= 44
    more.focus()
    page.keyboard.press("Enter")
    assert len(fields(card)) > len(useful)
    assert set(fields(card)) > set(useful)
    assert looks.cut_off(page) == []
    expect(more).to_be_focused()
    page.keyboard.press("Enter")
    assert fields(card) == useful


@pytest.mark.parametrize(("who", "path", "useful"), LISTS, ids=[path for _, path, _ in LISTS])
def test_an_open_card_has_no_barrier_in_either_theme(enter: Enter, who: str, path: str, useful: list[str]) -> None:
    page = visit(enter(who, width=360), path)
    full(page, useful).locator("summary", has_text="More").click()
    assert looks.trouble(page) == []


@pytest.mark.parametrize(("who", "path", "useful"), LISTS, ids=[path for _, path, _ in LISTS])
def test_a_desk_shows_every_field_and_no_more(enter: Enter, who: str, path: str, useful: list[str]) -> None:
    page = visit(enter(who, width=1280), path)
    row = full(page, useful)
    assert len(fields(row)) > len(useful)
    expect(page.locator(".more-cell").first).to_be_hidden()


def test_the_two_buttons_of_a_match_are_as_wide_as_its_card_and_under_each_other(enter: Enter) -> None:
    page = enter("pat", width=360).visit("/settings/integrations/intercom/matching")
    card = page.locator("table.matches tbody tr").first
    link, reject = (card.locator(f"button[data-key={key}]").bounding_box() for key in "ln")
    whole = card.locator("form.actions").bounding_box()
    assert (link["x"], link["width"]) == (whole["x"], whole["width"])
    assert reject["y"] >= link["y"] + link["height"]
    assert reject["width"] > 0.8 * whole["width"]
