"""What must hold for every page: axe finds no violation, nothing is cut off, nothing scrolls sideways."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (runOnly) => {
  const found = await axe.run(document, { resultTypes: ["violations"], runOnly });
  return found.violations.map(({ id, nodes: [first, ...more] }) =>
    `${id}: ${first.html.slice(0, 160)} and ${more.length} more. ${first.failureSummary}`);
}"""

CUT = (Path(__file__).parent / "cut_off.js").read_text(encoding="utf-8")
WIDEST_FONT = '"DejaVu Sans"'  # of those that a system may put in the place of its own
LARGE_PRINT = {"standard": 32, "fixed": 26}  # pixels: the double of what browsers begin with
USE_FONT = "(font) => document.documentElement.style.setProperty('--sans', font)"


def trouble(page: Page) -> list[str]:
    """Everything that is wrong with the page at its present size, in both themes and in a wide font."""
    found = [*violations(page), *cut_off(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"in the dark, {one}" for one in pale(page)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(USE_FONT, WIDEST_FONT)
    found += [f"in a wide font, {one}" for one in cut_off(page)]
    page.evaluate(USE_FONT, "")
    return found


def enlarge(page: Page) -> None:
    """Set the page's text to double size, as the browser's own setting does: what is measured in em follows."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": LARGE_PRINT})


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE, {"type": "tag", "values": EVERYTHING})
    return found


def pale(page: Page) -> list[str]:
    """What axe finds in the colours alone: all else is the same in the other theme."""
    found: list[str] = page.evaluate(AXE, {"type": "rule", "values": ["color-contrast"]})
    return found


def cut_off(page: Page) -> list[str]:
    """What sticks out of the window or is cut off by a box around it."""
    found: list[str] = page.evaluate(CUT)
    return found
