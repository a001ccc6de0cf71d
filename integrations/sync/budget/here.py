"""Turns by the rules in this process: without any Redis, and while it is away."""

import random
import threading
import time
from collections.abc import Callable, Iterable

from integrations.sync.budget.rules import Given, Terms, Told
from integrations.sync.budget.window import Window


class Windows:
    """The windows of all buckets that one process asks in, whatever thread asks."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.monotonic = monotonic
        self._held: dict[str, Window] = {}
        self._lock = threading.Lock()
        self._luck = random.Random()  # noqa: S311  it spreads herds

    def exchange(self, bucket: str, *, told: Iterable[Told] = (), want: int, terms: Terms) -> Given:
        """See `Window.exchange`; *bucket* names the window."""
        with self._lock:
            window = self._held.setdefault(bucket, Window())
            return window.exchange(self.monotonic(), told=told, want=want, terms=terms, luck=self._luck.random())


class Here:
    """Turns of one bucket for those who share this process."""

    def __init__(self, bucket: str, terms: Terms, windows: Windows) -> None:
        self._bucket = bucket
        self._terms = terms
        self._windows = windows

    async def take(self) -> Given:
        return self._windows.exchange(self._bucket, want=1, terms=self._terms)

    def tell(self, told: Told) -> None:
        self._windows.exchange(self._bucket, told=[told], want=0, terms=self._terms)

    async def close(self) -> None:
        """Everything is told already."""
