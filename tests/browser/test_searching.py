"""Searching from anywhere, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def test_search_opens_walks_and_leads_on_without_a_mouse(enter: Enter) -> None:
    page = enter("ada").visit("/help/intercom")
    page.keyboard.press("Control+k")
    field = page.locator("[data-shortcut='k']")
    expect(field).to_be_focused()
    page.keyboard.type("invoice")
    hits = page.locator(".found-hit")
    expect(hits.first).to_be_visible()

    page.keyboard.press("ArrowDown")
    expect(hits.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(hits).to_have_count(0)
    expect(field).to_be_focused()

    page.keyboard.type("s")
    page.keyboard.press("Backspace")
    expect(hits.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    name = hits.first.locator("bdi").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_panel_goes_with_the_focus_and_enter_opens_the_page(enter: Enter) -> None:
    page = enter("ada").visit("/help/intercom")
    page.keyboard.press("Control+k")
    page.keyboard.type("invoice")
    expect(page.locator(".found-hit").first).to_be_visible()
    page.get_by_role("link", name="Help", exact=True).focus()
    expect(page.locator(".found-hit")).to_have_count(0)
    page.keyboard.press("Control+k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=invoice$"))
    expect(page.get_by_role("heading", level=1, name="Search")).to_be_visible()
