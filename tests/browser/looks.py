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
WIDEST_FONT = "() => document.documentElement.style.setProperty('--sans', '\"DejaVu Sans\"')"


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
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


def in_the_widest_font(page: Page) -> list[str]:
    """The same with the widest font that a system may put in the place of its own."""
    page.evaluate(WIDEST_FONT)
    return cut_off(page)
