"""Walking over a map of people by keyboard, opening and leaving a card, zooming, and the same without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser


def nodes(page: Page) -> Locator:
    return page.locator(".map-card .map-node")


def listed(page: Page) -> list[str]:
    return page.locator("table a.name").all_text_contents()


def test_a_map_is_walked_and_somebody_opened_by_keyboard_alone(enter: Enter) -> None:
    guest = enter("ada")
    page = guest.visit(f"/customers/{guest.fact('talkative')}/people")
    names = listed(page)
    assert len(names) > 3
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Tab")
    expect(nodes(page).nth(0)).to_be_focused()
    for key, place in (("ArrowRight", 1), ("ArrowDown", 2), ("ArrowLeft", 1), ("End", len(names) - 1), ("Home", 0)):
        page.keyboard.press(key)
        expect(nodes(page).nth(place)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(nodes(page).nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#card section")).to_be_focused()
    expect(page.locator("#card h2")).to_have_text(names[1])
    expect(nodes(page).nth(1)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"\?who=\d+$"))
    page.keyboard.press("Escape")
    expect(nodes(page).nth(1)).to_be_focused()
    expect(page.locator("#card section")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/people\??$"))


def test_the_address_of_a_card_opens_it_again_and_its_cross_leads_back(enter: Enter) -> None:
    guest = enter("ada")
    page = guest.visit(f"/customers/{guest.fact('talkative')}/people")
    nodes(page).nth(2).press("Enter")
    name = listed(page)[2]
    expect(page.locator("#card h2")).to_have_text(name)
    page.reload()
    expect(page.locator("#card h2")).to_have_text(name)
    expect(nodes(page).nth(2)).to_have_attribute("tabindex", "0")
    page.get_by_role("link", name="Close the card").press("Enter")
    expect(nodes(page).nth(2)).to_be_focused()
    expect(page.locator("#card section")).to_have_count(0)


def test_the_graph_across_customers_opens_cards_too(enter: Enter) -> None:
    page = enter("ada").visit("/people/graph?role=user")
    page.locator(".minis svg").nth(1).locator(".map-node").first.press("Enter")
    expect(page.locator("#card section")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?role=user&who=\d+$"))
    page.keyboard.press("Escape")
    expect(page.locator(".minis svg").nth(1).locator(".map-node").first).to_be_focused()


def test_buttons_zoom_the_map_within_its_frame(enter: Enter) -> None:
    guest = enter("ada")
    page = guest.visit(f"/customers/{guest.fact('talkative')}/people")
    drawing, told = page.locator("svg.map"), page.locator("[data-zoom-told]")
    page.get_by_role("button", name="Reset").press("Enter")
    expect(told).to_have_text("100 %")
    width = drawing.evaluate("(it) => it.clientWidth")
    page.get_by_role("button", name="Zoom in").press("Enter")
    expect(told).to_have_text("125 %")
    assert drawing.evaluate("(it) => it.clientWidth") == round(width * 1.25)
    for _ in range(20):
        page.get_by_role("button", name="Zoom in").press("Enter")
    expect(told).to_have_text("400 %")
    nodes(page).nth(3).focus()
    expect(nodes(page).nth(3).locator("circle").last).to_be_in_viewport()
    page.get_by_role("button", name="Fit").press("Enter")
    frame = page.locator(".map-frame")
    assert frame.evaluate("(it) => it.scrollWidth <= it.clientWidth && it.scrollHeight <= it.clientHeight + 20")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_name_in_the_middle_stays_within_its_disc(enter: Enter) -> None:
    guest = enter("ada")
    page = guest.visit(f"/customers/{guest.fact('talkative')}/people")
    disc = page.locator(".map-hub").bounding_box()
    assert disc is not None
    for name in ("Gone Works", "Harborview"):
        page.locator(".map-hub-name").last.evaluate("(it, name) => it.textContent = name", name)
        box = page.locator(".map-hub-name").last.bounding_box()
        assert box is not None
        assert disc["x"] <= box["x"] < box["x"] + box["width"] <= disc["x"] + disc["width"], name


@pytest.mark.parametrize("path", ["/customers/{customer}/people", "/people/graph"])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_opens_the_list_and_the_map_when_it_is_asked_for(enter: Enter, path: str, scripts: bool) -> None:
    guest = enter("ada", width=360, scripts=scripts)
    page = guest.visit(path.format(customer=guest.fact("talkative")))
    drawing, table = page.locator("#map svg.map, #map svg.map-mini").first, page.locator("#list table").first
    expect(table).to_be_visible()
    expect(drawing).not_to_be_visible()
    page.get_by_role("link", name="Show the map").press("Enter")
    expect(drawing).to_be_in_viewport()
    expect(page.get_by_role("link", name="Show the map")).not_to_be_visible()
    page.get_by_role("link", name="Show the list alone").press("Enter")
    expect(drawing).not_to_be_visible()
    page.go_back()
    drawing.locator(".map-node").first.press("Enter")
    expect(page.locator("#card h2")).to_be_visible()
    page.reload()
    expect(page.locator("#card h2")).to_be_visible()
    expect(drawing).to_be_visible()


@pytest.mark.parametrize("part", ["", "#map"])
def test_the_map_of_a_phone_begins_with_its_middle(enter: Enter, part: str) -> None:
    guest = enter("ada", width=360)
    page = guest.visit(f"/customers/{guest.fact('talkative')}/people{part}")
    if not part:
        page.get_by_role("link", name="Show the map").press("Enter")
    page.wait_for_function("() => document.querySelector('.map-frame').scrollLeft > 100")
    rest = page.locator(".map-frame").evaluate("(it) => it.scrollWidth - it.clientWidth - it.scrollLeft * 2")
    assert abs(rest) < 3


def test_without_scripts_each_person_is_a_link_to_the_page_with_their_card(enter: Enter) -> None:
    guest = enter("ada", scripts=False)
    page = guest.visit(f"/customers/{guest.fact('talkative')}/people")
    assert not page.get_by_role("button", name="Zoom in").is_visible()
    nodes(page).nth(1).click()
    expect(page.locator("#card h2")).to_have_text(listed(page)[1])
    page.get_by_role("link", name="Close the card").click()
    expect(page.locator("#card h2")).to_have_count(0)
