"""Spans of time: how to cut them so that one search answers each, and what in an answer is still to be read. Pure.

A search answer without a next page is one consistent read. Pages of one search are not: a record that changes between
two pages moves. So a span that holds more than one page is cut, never paged, but for a second that alone holds more.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

PAGE = 150  # rows of one search answer, the most that Intercom gives
AIM = 90  # rows that a window should hold: room for a denser neighbour
SETTLED = 6  # δ + 1 s: a record read sooner after its change may have changed again in the same second
FUTURE = 3600  # a date this far ahead of the server's clock is not a date of a change
A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Held:
    """What is stored of a conversation: when it changed, and when it was read (the provider's clock)."""

    updated_at: int | None
    fetched_at: int | None


def is_wanted(updated_at: int | None, held: Held | None, *, target: int) -> bool:
    """Whether a record that a search showed with *updated_at* must be read; *target* is T, the run's server time."""
    if held is None or held.fetched_at is None or updated_at is None or updated_at != held.updated_at:
        return True
    if updated_at > target + FUTURE:
        return held.fetched_at < target - A_DAY
    return held.fetched_at <= min(updated_at, target) + SETTLED


def narrowed(span: int, *, total: int | None) -> int:
    """A shorter span (seconds, at least 1) after one of *span* held more than a page: *total* rows if it was told."""
    if total and total > PAGE:
        return max(1, min(span // 2, span * AIM // total))
    return max(1, span // 2)


def split(span: int) -> int:
    """A shorter span (seconds, at least 1) after the search of one of *span* failed: few failures to the shortest."""
    return max(1, span // 8)


def crowded(times: Sequence[int], *, total: int | None) -> int | None:
    """The second that alone holds more than a page, if the first page of an answer (its *times*, in any order) says so.

    *total* rows were counted. A second is believed to be one once it has half of them: in a span that holds very much
    else a second or two of the first page say nothing, and a shorter span, which is asked for next, says more.
    """
    if not times:
        return None
    second, number = Counter(times).most_common(1)[0]
    is_half = 2 * number >= len(times)
    return second if is_half and number * (total or 2 * len(times)) > PAGE * len(times) else None


def beside(distance: int, *, span: int) -> int:
    """How many of *span* seconds to ask for when the one at *distance* from the first is crowded.

    Those before it, or else itself with the second on either side: a search may give these as well, so that each of the
    three would have to be paged.
    """
    return min(span, distance - 1 if distance > 1 else max(1, distance + 2))


def widened(span: int, *, rows: int) -> int:
    """The span to try next after one of *span* seconds held *rows* rows."""
    if rows >= AIM // 2:
        return max(1, span * AIM // rows)
    return span * 4


def forward(frontier: int, *, end: int, span: int) -> tuple[int, int]:
    """The next window (both ends included) from *frontier* up towards *end*."""
    return frontier, min(end, frontier + span - 1)


def backward(frontier: int, *, edge: int | None, span: int, floor: int) -> tuple[int | None, int]:
    """The next window down from *frontier*, never below *edge*; without one, all that is left once past *floor*."""
    lo = frontier - span + 1
    if edge is None:
        return (lo if lo > floor else None), frontier
    return max(edge, lo), frontier
