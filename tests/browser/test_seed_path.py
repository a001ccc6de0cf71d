"""From signing in to reading conversations, by the words on the page: with a mouse, a keyboard, without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from integrations.intercom.sandbox.control import Sandbox
from tests.browser.conftest import CONVERSATIONS, Enter
from tests.browser.guest import Guest, settle, tick
from tests.browser.stage import PASSWORD
from tests.browser.states import CARD

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds that a first sync may take on a busy machine


@pytest.fixture
def slow(intercom: Sandbox) -> Iterator[None]:
    """An Intercom that takes its time, so that counts can be seen to move."""
    intercom.settings(latency_ms=150)
    yield
    intercom.settings(latency_ms=0)


def sign_in(guest: Guest, name: str) -> Page:
    page = guest.visit("/sign-in")
    page.get_by_label("E-mail").fill(f"{name}@{name}.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Welcome"))
    return page


def read_one(page: Page) -> None:
    """Open the first conversation of the list and see that somebody says something."""
    title = page.get_by_role("rowgroup").last.get_by_role("row").first.get_by_role("link").first
    words = title.inner_text()
    title.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page.get_by_role("article").first).to_contain_text(re.compile(r"\w+"))
    expect(page.get_by_role("link", name="Open in Intercom")).to_be_visible()


def test_a_person_connects_watches_the_first_sync_and_reads(enter: Enter, slow: None) -> None:
    guest = enter()
    page = sign_in(guest, "seed")
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Integrations")
    page.get_by_role("link", name="Connect Intercom").click()
    page.get_by_label("Access token").fill(guest.house.token)
    page.get_by_label(f"United States ({guest.house.addresses[0].removeprefix('http://')})").check()
    expect(page.get_by_label("API base URL")).to_have_value(guest.house.addresses[0])
    page.get_by_label("Closed conversations from the last").select_option(label="All")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Intercom is connected. The first sync has started.")).to_be_visible(timeout=20_000)
    expect(page.locator("#status")).to_be_focused()
    assert guest.house.token not in page.content()

    page.evaluate("() => { window.sameDocument = true; }")
    worker = guest.house.manage("intercom", "sync", "--workspace", "seed", "--wait")
    seen = counts(page)
    said = worker.communicate(timeout=60)[0]
    assert worker.returncode == 0, said
    assert len(seen) >= 3, "the counts on the card do not move"
    assert seen == sorted(seen), "a count went backwards"
    assert page.evaluate("() => window.sameDocument"), "the page was loaded anew"

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Conversations").click()
    expect(page.get_by_text(f"{CONVERSATIONS} conversations", exact=False).first).to_be_visible()
    read_one(page)


def counts(page: Page) -> list[int]:
    """The different counts of conversations that the card shows until all are there."""
    seen: list[int] = []
    row = page.get_by_role("table", name="Objects").get_by_role("row").filter(has_text="Conversations")
    for _ in range(PATIENCE // 100):
        shown = [int(one) for one in re.findall(r"\b\d+\b", row.inner_text().replace("Conversations", ""))]
        count = max(shown[:2], default=0)
        if not seen or count != seen[-1]:
            seen.append(count)
        if count == CONVERSATIONS:
            break
        page.wait_for_timeout(100)
    return seen


def test_the_wizard_works_by_keyboard_alone(enter: Enter) -> None:
    guest = enter("keyboard")
    page = guest.visit(f"{CARD}/connect")
    tab_to(page, "Skip to content")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    tab_to(page, "Access token")
    page.keyboard.type(guest.house.token)
    tab_to(page, "United States")
    for _ in range(3):  # past Europe and Australia to the address of the sandbox
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("API base URL")).to_have_value(guest.house.addresses[0])
    tab_to(page, "Check token")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Read conversations")).to_be_visible(timeout=20_000)
    tab_to(page, "Sync every")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Intercom is connected.")).to_be_visible(timeout=20_000)


FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const label = one.labels?.[0]?.innerText ?? one.getAttribute("aria-label") ?? one.innerText;
  const ring = [one, one.closest("label"), one.closest(".secret")].filter(Boolean).map((it) => getComputedStyle(it))
    .some((it) => it.outlineStyle !== "none" && parseFloat(it.outlineWidth) >= 2);
  const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), box.top + box.height / 2);
  return {
    name: label.trim(), ring, html: one.outerHTML.slice(0, 200),
    seen: box.bottom > 0 && box.top < innerHeight && !!top
      && (one.contains(top) || !!top.closest("label")?.contains(one)),
  };
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until *name* has the focus; on the way each focus shows and lies under nothing."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["ring"], f"the focus does not show on {focus['html']}"
        assert focus["seen"], f"the focus is hidden on {focus['html']}"
        if focus["name"].startswith(name):
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def test_everything_works_without_scripts(enter: Enter) -> None:
    guest = enter(scripts=False)
    page = sign_in(guest, "plain")
    page.get_by_role("link", name="Go to Integrations").click()
    page.get_by_role("link", name="Connect Intercom").click()
    page.get_by_label("Access token").fill("short")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("An access token has 20 to 512")
    page.get_by_label("Access token").fill(guest.house.token)
    page.get_by_label(f"United States ({guest.house.addresses[0].removeprefix('http://')})").check()
    page.get_by_role("button", name="Check token").click()
    expect(page.get_by_role("status").filter(has_text="Read conversations")).to_be_visible()
    page.get_by_label("Access token").fill(guest.house.token)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Intercom is connected.")).to_be_visible()

    worker = guest.house.manage("intercom", "sync", "--workspace", "plain", "--wait")
    said = worker.communicate(timeout=60)[0]
    assert worker.returncode == 0, said
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Conversations").click()
    settle(page)
    page.get_by_text("State", exact=True).first.click()
    tick(page, "state", "open")
    page.get_by_role("form", name="Filter by state").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name="Remove filter State Open")).to_be_visible()
    states = page.get_by_role("row").filter(has_text="Closed")
    expect(states).to_have_count(0)
    read_one(page)
