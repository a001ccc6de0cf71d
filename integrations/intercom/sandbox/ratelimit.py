"""The rate limit: windows of ten seconds, aligned to the clock."""

from dataclasses import dataclass, field

WINDOW = 10


@dataclass(slots=True)
class Allowance:
    """How many requests of the present window are left."""

    limit: int
    _window: int = field(default=-1, init=False)
    _used: int = field(default=0, init=False)

    def take(self, now: float) -> bool:
        """Count one request at *now* (Unix seconds); False when it is one too many."""
        window = int(now) // WINDOW
        if window != self._window:
            self._window, self._used = window, 0
        self._used += 1
        return self._used <= self.limit

    def headers(self) -> list[tuple[bytes, bytes]]:
        """X-RateLimit-Limit, -Remaining and -Reset (Unix seconds of the window's end)."""
        return [
            (b"x-ratelimit-limit", b"%d" % self.limit),
            (b"x-ratelimit-remaining", b"%d" % max(0, self.limit - self._used)),
            (b"x-ratelimit-reset", b"%d" % ((self._window + 1) * WINDOW)),
        ]
