"""How a number differs from the one before, in words."""

from dataclasses import dataclass

from sonora.canvas.before import Before
from sonora.core import words
from sonora.screens.chat import page
from sonora.screens.chat.page import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """*more* is how many more there are than *number*, those of the *days* days before, which *url* opens.

    *opened* are those that are compared, where they are not the number itself. *is_unknown*: the days before are not
    held whole, so nothing is compared.
    """

    more: int
    number: int
    url: str
    days: int
    is_unknown: bool
    opened: Cell | None = None

    @property
    def icon(self) -> str:
        return "up" if self.more > 0 else "down" if self.more < 0 else ""

    @property
    def words(self) -> str:
        if not self.more:
            return "As many as"
        return f"{words.thousands(abs(self.more))} {'more' if self.more > 0 else 'fewer'} than"


def change(now: int, before: Before, *, held_since: int | None) -> Change:
    """From *before* to *now*; *held_since* (Unix seconds; None: all) is from when on closed conversations are held."""
    compared = before.opened
    return Change(
        more=(compared.number if compared else now) - before.figure.number,
        number=before.figure.number,
        url=page.url(before.figure),
        days=before.days,
        is_unknown=held_since is not None and before.start < held_since,
        opened=Cell(number=compared.number, url=page.url(compared)) if compared else None,
    )
