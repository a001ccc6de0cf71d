"""Working through the queue of matching by keyboard alone, and without scripts."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.states import MATCHING

pytestmark = pytest.mark.browser


def rows(page: Page) -> Locator:
    return page.locator("table[data-rows] tbody tr")


def name_of(row: Locator) -> str:
    return row.locator("a.name").first.inner_text()


def tab_to_the_list(page: Page) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('table[data-rows] tbody tr')"):
            return
    raise AssertionError("Tab never reaches the list")


def test_the_queue_works_by_keyboard_alone(enter: Enter) -> None:
    page = enter("pat").visit(MATCHING)
    before = rows(page).count()
    tab_to_the_list(page)
    expect(rows(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(rows(page).nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_text("1 selected")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    linked, then = name_of(rows(page).nth(1)), name_of(rows(page).nth(2))
    rows(page).nth(1).focus()
    page.keyboard.press("l")
    expect(page.get_by_role("status").filter(has_text="Undo")).to_be_visible()
    expect(rows(page)).to_have_count(before - 1)
    expect(rows(page).nth(1)).to_be_focused()
    assert name_of(rows(page).nth(1)) == then
    page.keyboard.press("F8")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undone. 1 company is as it was.")).to_be_visible()
    page.goto(MATCHING)
    expect(rows(page)).to_have_count(before)
    assert name_of(rows(page).nth(1)) == linked

    tab_to_the_list(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Customers that it may be")).to_be_visible()


def test_the_keys_can_be_turned_off_and_hold_nowhere_else(enter: Enter) -> None:
    page = enter("pat").visit(MATCHING)
    before = rows(page).count()
    page.get_by_label("Why isn't this company here?").fill("lnix")
    page.get_by_role("button", name="Turn shortcuts off").press("Enter")
    rows(page).first.focus()
    for key in ("l", "n", "i", "x", "ArrowDown"):
        page.keyboard.press(key)
    expect(rows(page).first).to_be_focused()
    page.reload()
    expect(rows(page)).to_have_count(before)
    expect(page.get_by_role("button", name="Turn shortcuts on")).to_be_visible()


def test_choosing_works_without_scripts(enter: Enter) -> None:
    page = enter("pat", scripts=False).visit(MATCHING)
    first = name_of(page.locator("tbody tr").first)
    page.locator("tbody a.name").first.click()
    page.get_by_label("Search customers", exact=True).fill("a")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("list", name="Customers found").get_by_role("button").first.click()
    expect(page.get_by_text("now belong to").or_(page.get_by_text("no conversations yet"))).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone. 1 company is as it was.")).to_be_visible()
    page.goto(MATCHING)
    assert name_of(page.locator("tbody tr").first) == first
