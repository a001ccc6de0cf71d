"""What people do most, from the start of a page and by keys alone: on a desk, and in the dark on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.guest import settle
from tests.browser.keys import press, skip, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize(
        "window", [{"width": 1280, "scheme": "light"}, {"width": 360, "scheme": "dark"}], ids=["desk", "phone"]
    ),
]
Window = dict[str, object]


def asked(enter: Enter, window: Window, question: str) -> Page:
    page = enter("ada", **window).visit("/chat")
    skip(page)
    tab_to(page, "Ask a question")
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=question)).to_be_focused()
    settle(page)
    return page


def test_a_question_is_asked_and_its_citation_opened_and_closed(enter: Enter, window: Window) -> None:
    page = asked(enter, window, "Open conversations this year")
    press(page, "Source 1: conversation with")
    expect(page.get_by_role("heading", name="Source 1", exact=True)).to_be_focused()
    press(page, "Next source")
    expect(page.get_by_role("heading", name="Source 2", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Source 2: conversation with")).to_be_focused()


def test_a_chip_is_edited(enter: Enter, window: Window) -> None:
    page = asked(enter, window, "How many open conversations this year?")
    press(page, "State Open")
    press(page, "Closed", "Space")
    press(page, "Apply")
    expect(page.get_by_text("with the filter changed")).to_be_visible()
    settle(page)
    tab_to(page, "Remove filter State Open, Closed")
    assert "state=open&state=closed" in page.url


def test_an_answer_becomes_a_block_and_blocks_are_moved(enter: Enter, window: Window) -> None:
    time = f"in the last {window['width']} days?"  # no block of another test asks that
    first, second = f"How many snoozed conversations {time}", f"How many closed conversations {time}"
    for place, question in enumerate((first, second)):
        page = asked(enter, window, question)
        press(page, "Add to Canvas")
        expect(page.get_by_role("heading", level=1, name="Add a block")).to_be_visible()
        settle(page)
        skip(page)
        tab_to(page, "Canvas")
        tab_to(page, "Canvas")
        page.keyboard.press("Home" if place else "End")  # the canvas that was changed last, or a new one
        press(page, "Add")
        page.wait_for_url(re.compile(r"/canvas/\d+\?at=\d+#block-\d+$"))
        settle(page)
    titles = page.locator(".canvas-grid h2")
    expect(titles).to_have_text([first, second])
    press(page, f"More for {second}")
    press(page, "Move ")
    page.wait_for_load_state("load")
    settle(page)
    expect(titles).to_have_text([second, first])
