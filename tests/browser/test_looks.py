"""Every page and state, in both themes, on a phone and on a desk, and with large print."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import looks
from tests.browser.conftest import Enter
from tests.browser.guest import Guest
from tests.browser.states import STATES, State

pytestmark = pytest.mark.browser
HALVES = 2  # one for each core


def _halved(states: list[State]) -> list[Any]:
    """*states* as parameters; each half of them looks at a house of its own, in order."""
    return [
        pytest.param(state, marks=pytest.mark.xdist_group(f"looks-{number % HALVES}"))
        for number, state in enumerate(states)
    ]


@pytest.mark.parametrize("state", _halved(STATES), ids=str)
def test_a_page_has_no_barrier_and_nothing_cut_off(enter: Enter, state: State) -> None:
    guest = enter(state.who)
    state.reach(guest)
    found = [f"on a desk, {one}" for one in looks.trouble(guest.page)]
    guest.page.set_viewport_size({"width": 360, "height": 780})
    found += [f"on a phone, {one}" for one in looks.trouble(guest.page)]
    looks.enlarge(guest.page)
    found += _cut_off_in_large_print(guest)
    assert not found, "\n".join(found)
    assert guest.page.locator("h1").count() == 1
    assert guest.page.title().endswith(" · Sonora")


@pytest.mark.parametrize("state", _halved([one for one in STATES if one.is_reached_by_hand]), ids=str)
def test_what_is_opened_by_hand_can_be_reached_in_large_print(enter: Enter, large_print: Browser, state: State) -> None:
    guest = enter(state.who, browser=large_print)
    state.reach(guest)
    found = _cut_off_in_large_print(guest)
    assert not found, "\n".join(found)


def _cut_off_in_large_print(guest: Guest) -> list[str]:
    guest.page.set_viewport_size({"width": 1280, "height": 900})
    found = [f"in large print, {one}" for one in looks.cut_off(guest.page)]
    guest.page.set_viewport_size({"width": 640, "height": 900})  # with the double text: a page of 320 pixels
    return [*found, *(f"at 320 pixels, {one}" for one in looks.cut_off(guest.page))]


def test_enlarged_text_is_that_of_somebody_who_set_it_to_double_size(enter: Enter, large_print: Browser) -> None:
    enlarged, set_so = enter("ada"), enter("ada", browser=large_print)
    boxes = [_boxes_of_words(guest.visit("/conversations")) for guest in (enlarged, set_so)]
    assert boxes[0] != boxes[1]
    looks.enlarge(enlarged.page)
    assert _boxes_of_words(enlarged.page) == boxes[1]


def _boxes_of_words(page: Page) -> list[list[float]]:
    return page.evaluate("""() => [...document.querySelectorAll("h1, a, td, button")].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [x, y, width, height];
    })""")


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
