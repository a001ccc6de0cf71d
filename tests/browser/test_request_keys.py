"""Checking quotes by keyboard alone, and opening the message that one was said in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_matching_keys import rows, tab_to_the_list

pytestmark = pytest.mark.browser
QUEUE = "/feature-requests/to-check"


def test_quotes_are_checked_by_keyboard_alone(enter: Enter) -> None:
    page = enter("ada").visit(QUEUE)
    before = rows(page).count()
    tab_to_the_list(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("1 selected")).to_be_visible()
    for key, said in (("l", "Accepted 1 quote."), ("n", "Dismissed 1 quote.")):
        rows(page).nth(1).focus()
        page.keyboard.press(key)
        expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
        expect(rows(page)).to_have_count(before - 1)
        expect(rows(page).nth(1)).to_be_focused()
        page.keyboard.press("F8")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Undone. All is as it was.")).to_be_visible()
        page.goto(f"{page.url.split('/feature')[0]}{QUEUE}")
        expect(rows(page)).to_have_count(before)


def test_a_quote_leads_to_its_words_in_the_conversation(enter: Enter) -> None:
    guest = enter("ben")
    page = guest.visit("/feature-requests")
    page.get_by_role("searchbox", name="Search requests and quotes").fill("single sign-on")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=single"))
    expect(
        page.locator("table.requests a.name", has_text=re.compile("single sign-on", re.IGNORECASE)).first
    ).to_be_visible()
    guest.visit(f"/feature-requests/{guest.fact('said')}")
    page.get_by_role("link", name="Open the message").first.click()
    expect(page.locator("article:target mark").first).to_be_visible()
    expect(page.get_by_role("heading", name="Requests found")).to_be_visible()
