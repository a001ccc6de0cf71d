"""The bar over the queue: how many companies are matched, how, and what is left."""

from dataclasses import dataclass

from sonora.customers.models import Match
from sonora.customers.queue import Counts

State = Match.State
PARTS = (
    (State.AUTO, "Automatic"),
    (State.CONFIRMED, "Confirmed"),
    (State.SUGGESTED, "To review"),
    (State.CONFLICT, "In conflict"),
    (State.UNMATCHED, "Unmatched"),
    (State.IGNORED, "Ignored"),
)
GAP = 0.3  # percent of the bar between two parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the bar; `start` and `width` are percents of it."""

    key: str
    title: str
    count: int
    start: float
    width: float


def parts(counts: Counts) -> list[Part]:
    """The parts of the bar from left to right, those without companies left out."""
    total, start, found = sum(counts.companies.values()), 0.0, []
    for state, title in PARTS:
        count = counts.companies.get(state, 0)
        if not count:
            continue
        width = 100 * count / total
        shown = max(width - GAP, min(width, GAP))
        found.append(Part(key=state, title=title, count=count, start=round(start, 2), width=round(shown, 2)))
        start += width
    return found
