"""A browser window: its page, the house that it looks at, and what was noticed in it."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

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
