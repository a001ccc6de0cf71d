"""A keyboard alone: nothing is focused or pressed but by its keys."""

from playwright.sync_api import Page, expect

MOST_TABS = 150
NAME = """() => {
  const at = document.activeElement;
  const words = (one) => one.innerText.replace(/\\s+/g, ' ').trim();
  return at.getAttribute('aria-label') ?? (at.labels?.length ? words(at.labels[0]) : words(at));
}"""
SHOWS = """() => {
  const at = document.activeElement.getBoundingClientRect();
  const inside = at.bottom > 0 && at.top < innerHeight && at.right > 0 && at.left < innerWidth;
  return inside && document.activeElement.matches(':focus-visible');
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something has the focus whose name begins with *name*, and shows that it has."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if str(page.evaluate(NAME)).startswith(name):
            assert page.evaluate(SHOWS), f"{name!r} has the focus unseen"
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Go to what is called *name* by Tab, and press *key* there."""
    tab_to(page, name)
    page.keyboard.press(key)


def skip(page: Page) -> None:
    """From the start of a page past its navigation."""
    page.keyboard.press("Tab")
    assert page.evaluate(NAME) == "Skip to content"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
