"""Why the provider's count of a stream and ours differ: each reason is counted in the rows, and what is left has none.

A count is of one moment, and rows go on changing. Some reasons are certain; others hold for *up to* so many objects
(whether one of them was in the provider's count, nobody can tell), and explain only what the certain ones leave.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from integrations import letters
from integrations.snapshot import Reading
from integrations.sync import outside
from sonora.core import words

UNEXPLAINED = "unexplained"
STILL_TO_COME = ("pending", "named_only")
Counted = Iterable[tuple[str, int]]  # reason, and how many more the provider has for it (fewer: negative)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One reason: `count` is how many more the provider counts because of it; negative, how many more Sonora holds."""

    reason: str
    count: int
    words: str


def between(reading: Reading, stream: str, *, said: int, said_at: int) -> list[Difference]:
    """What *said*, counted at *said_at* (Unix seconds), and what is held now differ by; the counts add up to it."""
    left = said - reading.counts[stream]
    found: dict[str, int] = {}
    for reason, count in _certain(reading, stream, said_at):
        found[reason], left = count, left - count
    for reason, most in _possible(reading, stream, said_at) if left else ():
        if left * most > 0:
            taken = min(left, most) if most > 0 else max(left, most)
            found[reason], left = found.get(reason, 0) + taken, left - taken
    found[UNEXPLAINED] = left
    return [_told(reading, reason, count) for reason, count in found.items() if count]


def _certain(reading: Reading, stream: str, at: int) -> Counted:
    tally = reading.tally[stream]
    if stream == "conversations":
        yield "before_lookback", _before_lookback(reading)
        yield "pending", reading.waiting.counted
    yield "dead_letters", letters.not_held(reading.letters, stream, at=at)[0]
    yield "created_since", -tally.created_since


def _possible(reading: Reading, stream: str, at: int) -> Counted:
    """Each with the sign of the difference that it can explain."""
    tally = reading.tally[stream]
    if stream == "conversations":
        yield "pending", reading.waiting.uncounted
        yield "reopened_since", -tally.returned
        yield "index_lag", -tally.created_just_before
        yield "index_lag", tally.deleted_just_before
    yield "dead_letters", letters.not_held(reading.letters, stream, at=at)[1]
    yield "deleted_since", tally.deleted_since
    if stream == "tags":
        yield "created_since", -tally.named_only
    elif stream in ("contacts", "companies"):
        yield "named_only", tally.named_only


def _before_lookback(reading: Reading) -> int:
    counted = reading.streams.get(outside.stream_of(reading.state))
    return (counted.said if counted is not None else None) or 0


def _told(reading: Reading, reason: str, count: int) -> Difference:
    provider, number = reading.seen.provider, words.thousands(abs(count))
    texts = {
        "before_lookback": f"{number} closed before the lookback",
        "pending": f"{number} waiting to be read",
        "dead_letters": f"{number} could not be read",
        "created_since": f"{number} new since it was counted",
        "reopened_since": f"{number} reopened since it was counted",
        "index_lag": f"{number} not yet in {provider}'s index" if count < 0 else f"{number} still in its index",
        "deleted_since": f"{number} deleted since it was counted",
        "named_only": f"{number} named by others, not given by {provider} yet",
        UNEXPLAINED: f"{number} missing for no known reason"
        if count > 0
        else f"{number} more here than {provider} counts",
    }
    return Difference(reason=reason, count=count, words=texts[reason])
