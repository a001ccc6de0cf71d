"""Whatever customers write stays words: in a real browser nothing runs, nothing is loaded, nothing is asked for."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser import hostile
from tests.browser.conftest import Enter
from tests.browser.guest import Guest
from tests.browser.states import CARD
from tests.core.xss_corpus import PAYLOADS

pytestmark = pytest.mark.browser

RECORD = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open", "msgbox"]) {
  window[name] = (...said) => window.ran.push(`${name}(${said})`);
}
"""
POKE = """() => {
  const events = ["mouseover", "mouseenter", "pointerenter", "focus", "focusin", "contextmenu", "animationstart",
    "animationend", "transitionend", "toggle", "load", "error", "pageshow", "hashchange",
    "start", "begin", "wheel", "copy", "keydown"];
  const all = document.querySelectorAll("#main :not(.filterbar, .filterbar *)");  // not what asks by itself
  for (const one of all) {
    for (const name of events) one.dispatchEvent(new Event(name, { bubbles: true }));
  }
  for (const one of all) if (!one.closest("a[href], button, summary, label, input")) one.click?.();
}"""
OURS = ".attachments, .with-icon, .icon, .small, .caption"  # what the page itself says about files
FOREIGN = (
    "img, video, audio, iframe, object, embed, math, script, style, link, meta, base, form, input, template,"
    f"svg:not(.icon), [style], [id], [class]:not({OURS})"
)


def poked(guest: Guest, path: str) -> None:
    """Visit *path*, do to everything on it what a person could, and see that nothing came of it."""
    guest.watch.requests.clear()
    page = guest.visit(path)
    page.evaluate(POKE)
    page.wait_for_timeout(100)
    assert page.evaluate("() => window.ran") == []
    assert page.frames == [page.main_frame]
    assert urlsplit(page.url).path == urlsplit(path).path
    asked = [request.url for request in guest.watch.requests if not request.url.startswith("data:")]
    ours = re.compile(re.escape(guest.house.url) + r"(/static/|" + re.escape(path.partition("?")[0]) + r"(\?|$))")
    assert [url for url in asked if not ours.match(url)] == []
    assert [request for request in guest.watch.requests if "hx-request" in request.headers] == []


def test_no_message_runs_loads_or_asks_for_anything(enter: Enter) -> None:
    guest = enter("gus", init=RECORD)
    shown = 0
    for pk in guest.fact("hostile")[: len(PAYLOADS) // hostile.IN_ONE + 1]:
        poked(guest, f"/conversations/{pk}?all=1")
        bodies = guest.page.locator(".message-body")
        shown += bodies.count()
        assert bodies.locator(f":is({FOREIGN})").count() == 0
        for link in bodies.locator("a").evaluate_all("(all) => all.map((one) => [one.href, one.rel, one.target])"):
            assert link[0].startswith(("https://", "http://", "mailto:")), link
            assert "noopener" in link[1], link
            assert link[2] == "_blank", link
    assert shown >= len(PAYLOADS)


def test_no_name_of_anything_runs_loads_or_asks_for_anything(enter: Enter) -> None:
    guest = enter("gus", init=RECORD)
    for path in ("/conversations", "/people", "/customers", "/settings/integrations", f"{CARD}/settings"):
        poked(guest, path)
    poked(guest, f"{CARD}/disconnect")
    assert guest.page.get_by_text(hostile.NAME).first.is_visible()
    guest.visit("/conversations")
    for name in hostile.NAMES[:3]:
        assert guest.page.locator("tbody .tag").get_by_text(name, exact=True).first.is_visible(), name


def test_a_script_that_runs_is_noticed(enter: Enter) -> None:
    page = enter(init=RECORD).page
    page.goto("data:text/html,<main id=main><img src=data:, onerror=alert(1)><b onfocus=alert(2)>x</b></main>")
    page.evaluate(POKE)
    page.wait_for_timeout(100)
    assert {"alert(1)", "alert(2)"} <= set(page.evaluate("() => window.ran"))
