"""A page in one of its states: who looks at it, and how they get there."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.guest import Guest


@dataclass(frozen=True, slots=True)
class State:
    name: str
    who: str
    reach: Callable[[Guest], object]

    def __str__(self) -> str:
        return self.name


def at(path: str, **facts: str) -> Callable[[Guest], object]:
    """Go to *path*; each of *facts* names what the house knows under that name."""

    def reach(guest: Guest) -> None:
        guest.visit(path.format(**{name: guest.fact(fact) for name, fact in facts.items()}))

    return reach


def opened(path: str, *names: str) -> Callable[[Guest], object]:
    """Open the first menu at *path* whose trigger has one of *names*."""

    def reach(guest: Guest) -> None:
        page = guest.visit(path)
        for name in names:
            page.locator("summary", has_text=name).or_(page.locator(f"summary[aria-label^='{name}']")).first.click()
        page.wait_for_load_state("networkidle")

    return reach
