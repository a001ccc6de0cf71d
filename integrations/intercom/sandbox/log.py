"""What was asked of the sandbox, in order. No header is ever kept: one of them is the token."""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

ENTRIES_KEPT = 200_000


@dataclass(slots=True)
class RequestLog:
    """The requests so far, counts by endpoint, and how many were in flight at once."""

    entries: "deque[dict[str, Any]]" = field(default_factory=lambda: deque(maxlen=ENTRIES_KEPT))
    counts: Counter[str] = field(default_factory=Counter)
    total: int = 0
    in_flight: int = 0
    max_in_flight: int = 0

    def begin(self) -> None:
        """A request came in."""
        self.total += 1
        self.in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self.in_flight)

    def end(self, entry: dict[str, Any]) -> None:
        """It was answered as *entry* says (method, path, query, endpoint, status, body, at)."""
        self.in_flight -= 1
        self.entries.append(entry)
        self.counts[entry["endpoint"]] += 1

    def reset(self) -> None:
        """Forget everything but what is in flight now."""
        self.entries.clear()
        self.counts.clear()
        self.total, self.max_in_flight = 0, self.in_flight

    def summary(self) -> dict[str, Any]:
        """The log as the control interface gives it."""
        return {
            "total": self.total,
            "max_in_flight": self.max_in_flight,
            "counts": dict(self.counts),
            "requests": list(self.entries),
        }
