"""Themes, addresses that reproduce a view, what a member sees, and the guards over every window of these tests."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.guest import settle, tick
from tests.browser.states import CARD

pytestmark = pytest.mark.browser
BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"


def test_the_chosen_theme_is_kept_and_comes_with_the_first_byte(enter: Enter) -> None:
    guest = enter("kim", scheme="light")
    page = guest.visit("/help/intercom")
    light = page.evaluate(BACKGROUND)
    choose_theme(page, "Dark")
    dark = page.evaluate(BACKGROUND)
    assert dark != light
    assert page.url.endswith("/help/intercom")

    again = enter("kim", scheme="light")
    answer = again.page.goto("/customers")
    assert answer
    assert re.search(r"<html[^>]* data-theme=\"dark\"", answer.text())
    assert again.page.evaluate(BACKGROUND) == dark
    choose_theme(again.page, "As the system")
    assert again.page.evaluate(BACKGROUND) == light


def choose_theme(page: Page, name: str) -> None:
    page.locator("summary[aria-label='Theme']").click()
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_back_forward_and_a_copied_link_show_the_same_list(enter: Enter) -> None:
    guest = enter("ada")
    fact = guest.fact("tag")
    tag = fact["name"]
    page = guest.visit("/conversations")
    every = titles(page)
    page.locator("summary", has_text="Tag").click()
    tick(page, "tag", fact["pk"])  # by its key: two tags may have one name
    page.get_by_role("form", name="Filter by tag").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name=f"Remove filter Tag {tag}")).to_be_visible()
    tagged = titles(page)
    settle(page)
    page.locator("summary", has_text="State").click()
    tick(page, "state", "closed")
    page.get_by_role("form", name="Filter by state").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Remove filter State Closed")).to_be_visible()
    expect(page.get_by_role("link", name=f"Remove filter Tag {tag}")).to_be_visible()
    closed, link = titles(page), page.url
    assert every != tagged != closed

    page.go_back()
    expect(page.get_by_role("link", name="Remove filter State Closed")).to_have_count(0)
    assert titles(page) == tagged
    page.go_back()
    expect(page.get_by_role("link", name=f"Remove filter Tag {tag}")).to_have_count(0)
    assert titles(page) == every
    page.go_forward()
    expect(page.get_by_role("link", name=f"Remove filter Tag {tag}")).to_be_visible()
    assert titles(page) == tagged

    colleague = enter("ben").visit(link)
    assert titles(colleague) == closed


def titles(page: Page) -> list[str]:
    return page.locator("tbody .name-cell a").all_inner_texts()


def test_a_member_sees_the_card_and_can_change_nothing(enter: Enter) -> None:
    guest = enter("ben")
    page = guest.visit(CARD)
    expect(page.get_by_role("heading", name="Ledger")).to_be_visible()
    main = page.get_by_role("main")
    assert main.get_by_role("button").all_inner_texts() == []
    assert main.locator("form").count() == 0
    assert main.get_by_role("link", name=re.compile("Connect|Disconnect|Change|Extend|Settings")).count() == 0
    page = guest.visit("/settings/integrations")
    expect(page.get_by_text("Ask an admin to change integrations.")).to_be_visible()
    answer = page.goto(f"{CARD}/settings")
    assert answer
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_contain_text("You don't have access to this")


def test_a_stranger_finds_nothing(enter: Enter) -> None:
    guest = enter("cleo")
    answer = guest.page.goto(f"/conversations/{guest.fact('noted')}")
    assert answer
    assert answer.status == 404


def test_a_request_to_elsewhere_an_error_and_a_loose_policy_are_noticed(enter: Enter) -> None:
    guest = enter()
    guest.page.route("**/*", lambda route: route.fulfill(status=200, body="<script>missing()</script>"))
    guest.visit("/sign-in")
    guest.page.evaluate("() => fetch('https://elsewhere.example/').catch(() => {})")
    guest.page.wait_for_timeout(100)
    noticed = "\n".join(guest.watch.complaints)
    guest.watch.complaints.clear()
    assert "A request left the site: https://elsewhere.example/" in noticed
    assert "came with the policy ''" in noticed
    assert "missing is not defined" in noticed
