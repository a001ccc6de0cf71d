"""A canvas on a wall: what it says when it can't be renewed, and that it comes back by itself."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.canvases import presented
from tests.browser.conftest import Enter
from tests.browser.guest import Guest, settle

pytestmark = pytest.mark.browser
SILENT = "No answer from Sonora since"


@pytest.fixture
def wall(enter: Enter) -> Guest:
    guest = enter("ada")
    presented(guest)
    return guest


def again(page: Page) -> None:
    """As after a minute."""
    page.evaluate("htmx.trigger('#standing', 'again')")


def test_figures_stay_while_nobody_answers_and_are_renewed_afterwards(wall: Guest) -> None:
    page = wall.page
    number = page.locator(".block-number").first.inner_text()
    page.context.set_offline(True)
    again(page)
    expect(page.get_by_text(SILENT)).to_be_visible()
    expect(page.locator("#toasts")).to_be_empty()
    assert page.locator(".block-number").first.inner_text() == number
    page.context.set_offline(False)
    with page.expect_response(lambda answer: "/blocks/" in answer.url):
        again(page)
    settle(page)
    expect(page.get_by_text(SILENT)).to_be_hidden()
    wall.watch.complaints.clear()


def test_a_block_that_fails_is_named_and_is_tried_again_with_the_next_look(wall: Guest) -> None:
    page = wall.page
    title = page.locator(".block h2").first.inner_text()
    page.route("**/blocks/*", lambda route: route.fulfill(status=500))
    page.evaluate("htmx.trigger('.block', 'again')")
    told = page.locator("[data-problem='failed']")
    expect(told).to_have_text(f"Couldn’t be worked out: {title}. They are tried again every minute.")
    page.unroute("**/blocks/*")
    again(page)
    expect(told).to_be_hidden()
    wall.watch.complaints.clear()


def test_who_is_signed_out_keeps_the_figures_in_sight(wall: Guest) -> None:
    page = wall.page
    cookies = page.context.cookies()
    page.context.clear_cookies()
    again(page)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator(".block-number").first).to_be_visible()
    page.context.add_cookies([{"name": one["name"], "value": one["value"], "url": wall.house.url} for one in cookies])
    again(page)
    expect(page.get_by_role("link", name="Sign in")).to_be_hidden()


def test_a_canvas_that_was_deleted_says_so(wall: Guest) -> None:
    page = wall.page

    def gone(route: Route) -> None:
        route.fulfill(status=404)

    page.route("**/present?*", gone)
    again(page)
    expect(page.get_by_text("This canvas isn’t open to you any more, or was deleted.")).to_be_visible()
    wall.watch.complaints.clear()


@pytest.mark.parametrize("answers", [True, False])
def test_a_screen_that_nothing_keeps_awake_says_that(enter: Enter, *, answers: bool) -> None:
    guest = enter("ada")
    lock = (
        "Promise.resolve(new EventTarget())" if answers else "Promise.reject(new DOMException('no', 'NotAllowedError'))"
    )
    guest.page.add_init_script(
        f"Object.defineProperty(navigator, 'wakeLock', {{ value: {{ request: () => {lock} }} }})"
    )
    presented(guest)
    expect(guest.page.get_by_text("The screen may go dark")).to_be_visible(visible=not answers)
