"""Canvas by keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.canvases import begun
from tests.browser.conftest import Enter
from tests.browser.guest import settle

pytestmark = pytest.mark.browser
MOST_TABS = 120


def test_an_answer_becomes_a_block_that_is_moved_and_put_back_by_keyboard(enter: Enter) -> None:
    page = enter("ada").visit("/chat")
    for question in ("How many open conversations this year?", "Conversations by tag this year"):
        ask(page, question)
        tab_to(page, "Add to Canvas")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name="Add a block")).to_be_visible()
        settle(page)
        page.get_by_role("textbox", name="Title").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("combobox", name="Canvas")).to_be_focused()
        page.keyboard.press("End" if question.startswith("How") else "Home")  # a new canvas, then the last changed
        tab_to(page, "Add")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/canvas/\d+\?at=\d+#block-\d+$"))
        settle(page)
        page.goto("/chat") if question.startswith("How") else None
    assert titles(page) == ["How many open conversations this year?", "Conversations by tag this year"]

    page.goto("/chat")
    page.get_by_role("link", name="Conversations by tag this year").first.click()
    settle(page)
    tab_to(page, "On Canvas")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/canvas/\d+\?at=\d+#block-\d+$"))
    settle(page)

    tab_to(page, "More for Conversations by tag this year")
    page.keyboard.press("Enter")
    tab_to(page, "Move left")
    page.keyboard.press("Enter")
    page.wait_for_load_state("load")
    settle(page)
    assert titles(page) == ["Conversations by tag this year", "How many open conversations this year?"]

    page.keyboard.press("F8")  # the toast, where Undo is
    page.keyboard.press("Enter")
    expect(page.get_by_text("Undid: Moved “Conversations by tag this year”.")).to_be_visible()
    settle(page)
    assert titles(page) == ["How many open conversations this year?", "Conversations by tag this year"]


def test_a_source_of_a_text_is_opened_and_left_by_keyboard(enter: Enter) -> None:
    guest = enter("ada")
    begun(guest)
    page = guest.page
    text = page.locator(".block", has_text="This week in a paragraph")
    first = text.get_by_role("link", name="Source 1: conversation with")
    tab_to(page, first.get_attribute("aria-label") or "")
    expect(text.get_by_role("tooltip").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Source 1", exact=True)).to_be_focused()
    tab_to(page, "Next source")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Source 2", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_empty()
    expect(text.get_by_role("link", name="Source 2: conversation with")).to_be_focused()


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Ask a question").focus()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=question)).to_be_focused()
    settle(page)


def titles(page: Page) -> list[str]:
    return page.locator(".canvas-grid h2").all_inner_texts()


def tab_to(page: Page, name: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "() => { const at = document.activeElement; return at.getAttribute('aria-label') ?? at.innerText.trim(); }"
        )
        if seen == name:
            return
    raise AssertionError(f"Tab never reached {name!r}.")


def test_without_scripts_blocks_are_added_opened_and_arranged(enter: Enter) -> None:
    page = enter("ben", scripts=False).visit("/canvas")
    page.get_by_label("Describe what you want to watch").fill("How many open conversations?")
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("link", name="Show the preview").click()
    expect(page.locator(".block-number")).to_be_visible()
    page.go_back()
    page.get_by_label("Title").fill("Open now")
    page.get_by_label("Canvas", exact=True).select_option("new")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Open Open now").click()
    expect(page.get_by_role("heading", level=1, name="Open now")).to_be_visible()
    number = page.locator(".block-number a").first
    said = number.inner_text()
    page.locator("summary[aria-label='More for Open now']").click()
    page.locator("summary", has_text="Size").click()
    page.get_by_role("button", name="Two fifths").click()
    expect(page.locator(".block")).to_have_class(re.compile(r"block-5"))
    page.get_by_role("link", name="Open Open now").click()
    page.locator(".block-number a").first.click()
    expect(page.get_by_role("navigation", name="Pages")).to_contain_text(f"of {said}")


def test_a_block_is_dragged_to_the_place_of_another_and_back_by_undo(enter: Enter) -> None:
    guest = enter("ada")
    begun(guest)
    page = guest.page
    before = titles(page)
    heads = page.locator(".canvas-grid .card-head")
    heads.nth(0).drag_to(heads.nth(2))
    expect(page.get_by_text(f"Moved “{before[0]}”.")).to_be_visible()
    settle(page)
    assert titles(page) == [*before[1:3], before[0], *before[3:]]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undid: Moved")).to_be_visible()
    settle(page)
    assert titles(page) == before


def test_one_block_that_fails_harms_no_other_and_is_tried_again_where_it_is(enter: Enter) -> None:
    guest = enter("ada")
    page = guest.visit("/canvas")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/canvas/\d+$"))
    settle(page)
    first = page.locator(".block").first.get_attribute("id") or ""
    address = f"**/blocks/{first.removeprefix('block-')}*"
    page.route(address, lambda route: route.abort())
    page.reload()
    settle(page)
    expect(page.locator(".block .card-foot")).to_have_count(page.locator(".block").count() - 1)
    expect(page.locator(".block").first.get_by_text("This block couldn’t be loaded.")).to_be_visible()
    expect(page.get_by_text("Working it out…")).to_be_hidden()
    expect(page.locator("#toasts")).to_be_empty()
    page.unroute(address)
    page.get_by_role("link", name="Retry").press("Enter")
    settle(page)
    expect(page.locator(".block").first).to_be_focused()
    expect(page.locator(".block .card-foot")).to_have_count(page.locator(".block").count())
    guest.watch.complaints.clear()
