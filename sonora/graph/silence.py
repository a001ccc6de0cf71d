"""Who went quiet, measured by their own rhythm, and who left. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sonora.graph.facts import Facts

DAY = 86_400  # seconds
KNOWN = 4  # conversations on different days: of fewer nobody knows a rhythm
TIMES, LEAST, OTHERWISE = 3, 21, 60  # a silence is three times the rhythm, 21 days at least; 60 days without a rhythm
STILL_HERE = 30  # days: whoever wrote in them has not left, whatever their mailbox says


@dataclass(frozen=True, slots=True)
class Silence:
    """*state* is active, quiet or left; *because* says why in words.

    *at* (Unix seconds) is since when, of whoever is active from when on they are quiet if they say no more; None: they
    never wrote.
    """

    state: str
    because: str
    at: int | None


def rhythm(opened: Sequence[int]) -> int | None:
    """The usual number of days between two conversations that began (Unix seconds) at *opened*; None: not known."""
    days = sorted({at // DAY for at in opened})
    if len(days) < KNOWN:
        return None
    return max(1, round(median(later - earlier for earlier, later in pairwise(days))))


def silence(facts: Facts, *, now: int) -> Silence:
    """Whether somebody is silent at *now* (Unix seconds)."""
    silent = None if facts.wrote_at is None else max(0, (now - facts.wrote_at) // DAY)
    if facts.has_bounced and (silent is None or silent >= STILL_HERE):
        return Silence("left", "E-mail to them bounces", _left_at(facts))
    if facts.wrote_at is None or silent is None:
        return Silence("quiet", "Never wrote", None)
    usual = rhythm(facts.opened)
    limit = OTHERWISE if usual is None else max(LEAST, TIMES * usual)
    state = "quiet" if silent > limit else "active"
    wrote = "Wrote today" if silent == 0 else f"Wrote {_days(silent)} ago"
    because = wrote if usual is None else f"{wrote}, usually every {_days(usual)}"
    return Silence(state, because, facts.wrote_at + (limit + 1) * DAY)


def _left_at(facts: Facts) -> int | None:
    """When their contact last changed, which is when mail began to bounce or later; not while they still wrote."""
    silent_from = None if facts.wrote_at is None else facts.wrote_at + STILL_HERE * DAY
    return max((at for at in (silent_from, facts.changed_at) if at is not None), default=None)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
