"""A browser window: its page, the house that it looks at, and what was noticed in it."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.watch import Watch


@dataclass(slots=True)
class Guest:
    page: Page
    house: House
    watch: Watch

    def visit(self, path: str) -> Page:
        """Go to *path* and wait until it is loaded."""
        self.page.goto(path, wait_until="load")
        return self.page

    def fact(self, name: str) -> Any:
        return self.house.facts[name]


def settle(page: Page) -> None:
    """Wait until htmx has finished with what it swapped in: a menu that is opened before that is closed by it."""
    page.wait_for_load_state("networkidle")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def tick(page: Page, name: str, value: object) -> None:
    """Tick a value of the filter that is open, once its values came with their counts and replaced the first ones."""
    settle(page)
    page.locator(f"input[name='{name}'][value='{value}']").check()
