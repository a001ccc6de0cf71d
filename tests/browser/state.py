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

    @property
    def is_reached_by_hand(self) -> bool:
        """Whether something must be opened, ticked or typed on the way."""
        return not isinstance(self.reach, At)


class At:
    """The way of whoever only goes to an address."""

    def __init__(self, path: str, facts: dict[str, str]) -> None:
        self._path, self._facts = path, facts

    def __call__(self, guest: Guest) -> None:
        guest.visit(self._path.format(**{name: guest.fact(fact) for name, fact in self._facts.items()}))


def at(path: str, **facts: str) -> At:
    """Go to *path*; each of *facts* names what the house knows under that name."""
    return At(path, facts)


def opened(path: str, *names: str) -> Callable[[Guest], object]:
    """Open the first menu at *path* whose trigger has one of *names*."""

    def reach(guest: Guest) -> None:
        page = guest.visit(path)
        for name in names:
            page.locator("summary", has_text=name).or_(page.locator(f"summary[aria-label^='{name}']")).first.click()
        page.wait_for_load_state("networkidle")

    return reach
