"""Chat by keyboard alone, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chats import names_offered, source_gone, source_previewed, stopped
from tests.browser.conftest import Enter
from tests.browser.guest import settle

pytestmark = pytest.mark.browser
MOST_TABS = 60
GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")  # what htmx writes into the console of a stopped request, in turn


def test_a_question_is_asked_its_chip_removed_and_its_source_opened_by_keyboard(enter: Enter) -> None:
    page = enter("ada").visit("/chat")
    page.get_by_role("textbox", name="Ask a question").focus()
    page.keyboard.type("Open conversations this year")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1, name="Open conversations this year")
    expect(heading).to_be_focused()
    expect(page).to_have_url(re.compile(r"/chat/\d+/turns/\d+$"))
    assert page.title().startswith("Open conversations this year")

    tab_to(page, "Remove filter State Open")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove filter State Open")).to_have_count(0)
    expect(page.get_by_text("with the filter changed")).to_be_visible()

    first = page.get_by_role("link", name="Source 1: conversation with")
    first.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Source 1", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Source 1", exact=True)).to_have_count(0)
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Next source").press("Enter")
    expect(page.get_by_role("heading", name="Source 2", exact=True)).to_be_focused()

    page.get_by_role("link", name="Open conversation").press("Enter")
    expect(page).to_have_url(re.compile(r"/conversations/\d+#m\d+$"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_marker_of_a_source_that_is_gone_is_struck_and_has_the_focus_again(enter: Enter) -> None:
    guest = enter("ada")
    source_gone(guest)
    struck = guest.page.locator("#cite-2.citation-gone")
    expect(struck).to_have_text(re.compile("no longer available"))
    guest.page.keyboard.press("Escape")
    expect(guest.page.locator("#source")).to_be_empty()
    expect(struck).to_be_focused()


def test_escape_hides_the_preview_of_a_source_and_leaves_the_focus(enter: Enter) -> None:
    guest = enter("ada")
    source_previewed(guest)
    guest.page.keyboard.press("Escape")
    expect(guest.page.get_by_role("tooltip")).to_have_count(0)
    expect(guest.page.get_by_role("link", name="Source 2")).to_be_focused()


def test_without_scripts_a_question_is_asked_its_chip_removed_and_its_source_opened(enter: Enter) -> None:
    page = enter("ada", scripts=False).visit("/chat")
    page.get_by_role("textbox", name="Ask a question").fill("Open conversations this year")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Open conversations this year")).to_be_visible()
    expect(page.locator("#answer-text")).to_contain_text("match")

    page.locator("summary", has_text="State Open").click()
    page.get_by_label("Closed").check()
    page.get_by_role("button", name="Apply").locator("visible=true").click()
    expect(page.get_by_text("with the filter changed")).to_be_visible()
    page.get_by_role("link", name=re.compile("Remove filter State")).click()
    expect(page.get_by_role("link", name=re.compile("Remove filter State"))).to_have_count(0)

    page.get_by_role("link", name="Source 1: conversation with").click()
    expect(page).to_have_url(re.compile(r"/conversations/\d+#m\d+$"))
    expect(page.locator(":target")).to_be_in_viewport()


def tab_to(page: Page, name: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('aria-label')") == name:
            return
    raise AssertionError(f"Tab never reached {name!r}.")


def test_a_name_is_picked_by_keyboard_and_meant_by_its_key(enter: Enter) -> None:
    guest = enter("ada")
    names_offered(guest)
    page, field = guest.page, guest.page.get_by_role("textbox", name="Ask a question")
    options = page.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "pick-2")
    page.keyboard.press("ArrowUp")
    name = options.first.locator("bdi").first.inner_text()
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)
    expect(field).to_have_value(f"Open conversations of @“{name}” ")
    expect(field).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.get_by_role("link", name=f"Remove filter Customer {name}")).to_be_visible()


def test_escape_closes_the_list_of_names_and_the_question_is_asked_as_it_stands(enter: Enter) -> None:
    guest = enter("ada")
    names_offered(guest)
    guest.page.keyboard.press("Escape")
    expect(guest.page.get_by_role("option")).to_have_count(0)
    guest.page.keyboard.type("r")
    guest.page.wait_for_load_state("networkidle")
    expect(guest.page.get_by_role("option")).to_have_count(0)
    guest.page.keyboard.press("Enter")
    expect(guest.page.get_by_role("heading", level=1, name="Open conversations of @br")).to_be_focused()


def test_a_button_opens_the_list_that_its_sign_stands_for(enter: Enter) -> None:
    page = enter("ada").visit("/chat")
    page.get_by_role("button", name="Templates").click()
    page.get_by_role("option", name="Who asked for", exact=True).click()
    field = page.get_by_role("textbox", name="Ask a question")
    expect(field).to_have_value("Who asked for ")
    page.get_by_role("button", name="Tag", exact=True).click()
    page.get_by_role("option").first.click()
    expect(field).to_have_value(re.compile("^Who asked for #“.+” $"))


def test_shift_and_enter_begin_a_line_and_ask_nothing(enter: Enter) -> None:
    page = enter("ada").visit("/chat")
    field = page.get_by_role("textbox", name="Ask a question")
    field.focus()
    page.keyboard.type("Open")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("conversations")
    expect(field).to_have_value("Open\nconversations")
    assert page.url.endswith("/chat")


def test_a_question_whose_answer_never_came_is_asked_again_as_it_stands(enter: Enter) -> None:
    guest = enter("ada")
    stopped(guest)
    guest.page.unroute_all()
    expect(guest.page.get_by_role("textbox", name="Ask a question")).to_have_value("Open conversations this year")
    guest.page.get_by_role("button", name="Retry").click()
    expect(guest.page.get_by_role("heading", level=1, name="Open conversations this year")).to_be_focused()


def test_a_follow_up_is_asked_within_the_chips_that_were_changed(enter: Enter) -> None:
    page = enter("ada").visit("/chat?state=open")
    expect(page.get_by_role("link", name="Remove filter State Open")).to_be_visible()
    page.get_by_role("textbox", name="Ask a question").fill("Conversations this year")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Conversations this year")).to_be_focused()
    page.get_by_role("link", name="Remove filter State Open").click()
    expect(page.get_by_text("with the filter changed")).to_be_visible()
    settle(page)
    page.get_by_role("textbox", name="Ask a follow-up").fill("Which customers?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Which customers?")).to_be_focused()
    expect(page.get_by_role("link", name="Remove filter Updated this year")).to_be_visible()
    expect(page.get_by_role("link", name="Remove filter State Open")).to_have_count(0)


def test_a_stopped_question_stays_in_its_box(enter: Enter) -> None:
    guest = enter("ada")
    page = guest.visit("/chat")
    page.route("**/chat/questions", lambda route: None)  # an answer that never comes
    field = page.get_by_role("textbox", name="Ask a question")
    field.fill("Unhappy customers")
    page.get_by_role("button", name="Ask", exact=True).click()
    with page.expect_console_message(lambda note: note.text.startswith(GIVEN_UP[-1])):
        page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(field).to_have_value("Unhappy customers")
    assert page.url.endswith("/chat")
    guest.watch.complaints[:] = [one for one in guest.watch.complaints if not any(words in one for words in GIVEN_UP)]
