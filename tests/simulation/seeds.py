"""Which lives are lived, and what is told of them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

A_DAY_HOLDS = 100_000  # seeds: each day's are others


def of_today() -> int:
    """The first seed of this day (UTC)."""
    return datetime.now(UTC).date().toordinal() * A_DAY_HOLDS


def share(base: int, *, part: int, parts: int, lives: int, seconds: float) -> Iterator[int]:
    """Every *parts*-th seed from *base* on: at least *lives*, and more until *seconds* have passed."""
    ends = time.monotonic() + seconds
    for number in count():
        if number >= lives and time.monotonic() >= ends:
            return
        yield base + part + number * parts


@dataclass
class Tally:
    """What some lives came to."""

    lives: int = 0
    killed: int = 0
    awoken: int = 0
    requests: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.lives += other.lives
        self.killed += other.killed
        self.awoken += other.awoken
        self.requests += other.requests
        self.wrong += other.wrong

    def __str__(self) -> str:
        return (
            f"{self.lives:,} lives, {self.requests:,} requests, {self.killed:,} kills, {self.awoken:,} sleepers that "
            f"woke up; {len(self.wrong):,} lives in which something was wrong"
        )
