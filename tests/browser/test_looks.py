"""Every page and state, in both themes, on a phone and on a desk, and with large print."""

import pytest
from playwright.sync_api import Browser

from tests.browser import looks
from tests.browser.conftest import Enter
from tests.browser.states import STATES, State

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_has_no_barrier_and_nothing_cut_off(enter: Enter, state: State) -> None:
    guest = enter(state.who)
    state.reach(guest)
    found = [f"on a desk, {one}" for one in looks.trouble(guest.page)]
    guest.page.set_viewport_size({"width": 360, "height": 780})
    found += [f"on a phone, {one}" for one in looks.trouble(guest.page)]
    assert not found, "\n".join(found)
    assert guest.page.locator("h1").count() == 1
    assert guest.page.title().endswith(" · Sonora")


@pytest.mark.parametrize("state", STATES, ids=str)
def test_a_page_reflows_on_the_smallest_phone_and_in_large_print(
    enter: Enter, large_print: Browser, state: State
) -> None:
    guest = enter(state.who, browser=large_print)
    state.reach(guest)
    found = [f"in large print, {one}" for one in looks.cut_off(guest.page)]
    guest.page.set_viewport_size({"width": 640, "height": 900})  # with the double text: a page of 320 pixels
    found += [f"at 320 pixels, {one}" for one in looks.cut_off(guest.page)]
    assert not found, "\n".join(found)


def test_what_is_cut_off_is_noticed(enter: Enter) -> None:
    page = enter().page
    page.set_content("<main style='width:100px;overflow:hidden;white-space:nowrap'>Words that need more room</main>")
    assert [one for one in looks.cut_off(page) if "cut off sideways" in one]
    page.set_content("<main style='width:3000px'><p>Wide</p></main>")
    assert [one for one in looks.cut_off(page) if "the page is" in one]
    page.set_content("<main style='height:10px;overflow:hidden'>Two<br>lines</main>")
    assert [one for one in looks.cut_off(page) if "below or above" in one]


def test_a_barrier_is_noticed(enter: Enter) -> None:
    page = enter().page
    page.set_content("<main><h1>x</h1><input><p style='color:#ccc;background:#fff'>Pale words</p></main>")
    found = "\n".join(looks.violations(page))
    assert "label:" in found
    assert "color-contrast:" in found
    assert "color-contrast:" in "\n".join(looks.pale(page))
