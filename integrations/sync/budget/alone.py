"""What goes out while Redis is away: one request a second of this process, under the rules as far as it knows."""

import threading
from collections.abc import Iterable
from dataclasses import replace

from integrations.sync.budget.here import Windows
from integrations.sync.budget.rules import Given, Terms, Told

EVERY = 1.0  # seconds between two requests of a process


class Alone:
    """One process that cannot ask the others."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._next = 0.0
        self._lock = threading.Lock()

    def exchange(self, bucket: str, *, told: Iterable[Told], want: int, terms: Terms) -> Given:
        """One turn at most, and that only if none was given for a second, in whatever bucket."""
        with self._lock:
            early = self._next - self._windows.monotonic()
            given = self._windows.exchange(bucket, told=told, want=min(want, 1) if early <= 0 else 0, terms=terms)
            if given.turns:
                self._next = self._windows.monotonic() + EVERY
                early = EVERY
            return replace(given, wait=max(given.wait, early))
