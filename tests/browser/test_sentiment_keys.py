"""Correcting a sentiment by keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until *wanted* has the focus."""
    for _ in range(120):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def open_the_form(page: Page) -> Locator:
    card = page.get_by_role("region", name="Sentiment")
    tab_to(page, card.locator("summary", has_text="Change"))
    page.keyboard.press("Enter")
    return card


def test_a_sentiment_is_corrected_and_given_back_by_keyboard_alone(enter: Enter) -> None:
    guest = enter("ada")
    page = guest.visit(f"/conversations/{guest.fact('felt')}")
    card = open_the_form(page)
    tab_to(page, card.get_by_role("radio", name="Negative"))
    page.keyboard.press("ArrowDown")
    expect(card.get_by_role("radio", name="Neutral")).to_be_focused()
    page.keyboard.press("Tab")
    expect(card.get_by_label("Note, if you like")).to_be_focused()
    page.keyboard.type("They were joking.")
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_text("Edited by Ada Admin")).to_be_visible()
    expect(card.get_by_text("They were joking.")).to_be_visible()

    card = open_the_form(page)
    tab_to(page, card.get_by_role("button", name="Use Sonora's reading"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sonora's reading is shown again.")).to_be_visible()
    expect(card.get_by_text("Edited by")).to_have_count(0)
