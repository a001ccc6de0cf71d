"""How fast requests go out: the only place that waits for Intercom, and the only one that asks a second time.

The limit is told by the answers (so many in a window of ten seconds, so many left, when it ends) and is kept before it
is reached: a window is never spent beyond this connection's share of it, since the customer's other tools use the same
one. A refusal (429) stops every request until the time that it names.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from integrations.errors import ProviderError, ProviderUnavailable, RateLimited
from integrations.records import Answer, Rate

T = TypeVar("T")

WINDOW = 10.0  # seconds
LONGEST_WAIT = 60.0  # a reset further away than this is not believed
PATIENCE = 2.0  # seconds that a request waits for its turn before the slice gives its place back
ATTEMPTS = 5
RETRY_SHARE = 0.1  # of all requests
RETRIES_FREE = 5  # so that a slice with few requests may repeat one at all
REFUSED_FIRST = 10.0  # seconds to wait after a 429 that names no time; doubles up to REFUSED_LAST
REFUSED_LAST = 120.0


class MustWait(Exception):
    """The share of this window is spent, or Intercom asked for a pause: go on after `seconds`."""

    def __init__(self, seconds: float, *, refused: bool) -> None:
        super().__init__(f"go on in {seconds:.1f} s")
        self.seconds = seconds
        self.refused = refused  # Intercom said so (429), not our own share


@dataclass(slots=True)
class Budget:
    """The requests of one slice. Lives in its event loop; nothing here is shared between threads."""

    share: float  # of the window's limit, 0 … 1
    patience: float = PATIENCE
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    requests: int = 0
    retries: int = 0
    _limit: int | None = None
    _left: int | None = None  # what the provider says is left of this window
    _reset: int = 0  # when this window ends, by the provider's clock
    _window_ends: float = 0.0  # the same by ours
    _spent: int = 0  # requests of this window that count against our share
    _in_flight: int = 0
    _blocked_until: float = 0.0
    _refusals: int = 0
    _jitter: random.Random = field(default_factory=random.Random)

    async def run(self, ask: Callable[[], Awaitable[Answer[T]]]) -> Answer[T]:
        """The answer to *ask*, in its turn, asked again if Intercom was away for a moment.

        Raises MustWait when its turn is further off than the patience, and ProviderError as the last try left it.
        """
        for attempt in range(1, ATTEMPTS + 1):
            await self._turn()
            try:
                answer = await self._once(ask)
            except ProviderUnavailable:
                if attempt == ATTEMPTS or not self._may_retry():
                    raise
                await self.sleep(self._jitter.uniform(0, min(8.0, 0.5 * 2**attempt)))
            except RateLimited as error:
                self._refused(error)
            else:
                self._refusals = 0
                return answer
        raise MustWait(max(0.0, self._blocked_until - self.monotonic()), refused=True)

    async def _once(self, ask: Callable[[], Awaitable[Answer[T]]]) -> Answer[T]:
        self.requests += 1
        self._spent += 1
        self._in_flight += 1
        rate, at = None, None
        try:
            answer = await ask()
            rate, at = answer.rate, answer.at
        except ProviderError as error:
            rate, at = error.rate, error.at
            raise
        else:
            return answer
        finally:
            self._in_flight -= 1
            self._learn(rate, at)

    async def _turn(self) -> None:
        while (wait := self._wait()) > 0:
            if wait > self.patience:
                raise MustWait(wait, refused=self._blocked_until > self.monotonic())
            await self.sleep(wait)

    def _wait(self) -> float:
        """Seconds until the next request may go out."""
        now = self.monotonic()
        if self._blocked_until > now:
            return self._blocked_until - now
        if now >= self._window_ends:
            self._window_ends, self._spent, self._left = now + WINDOW, self._in_flight, None
        if self._limit is None:
            return 0.0
        ours = max(1, int(self._limit * self.share))
        left = self._left is None or self._left > self._in_flight
        return 0.0 if self._spent < ours and left else self._window_ends - now

    def _learn(self, rate: Rate | None, at: int | None) -> None:
        if rate is None or rate.limit is None or rate.remaining is None:
            return
        reset = rate.reset or 0
        if reset < self._reset:
            return  # an answer that was overtaken: it tells of a window that is over
        if reset > self._reset:
            self._reset, self._left, self._spent = reset, None, self._in_flight + 1  # the answer's own request
            if at is not None:
                self._window_ends = self.monotonic() + min(LONGEST_WAIT, max(0, reset - at)) + 0.1
        self._limit = min(max(rate.limit, 10), 5000)
        self._left = rate.remaining if self._left is None else min(self._left, rate.remaining)
        # Other tools spend from the same window: once our share is all that is left, what they take is ours.
        self._spent = max(self._spent, self._limit - self._left - int(self._limit * (1 - self.share)))

    def _may_retry(self) -> bool:
        if self.retries >= RETRIES_FREE + self.requests * RETRY_SHARE:
            return False
        self.retries += 1
        return True

    def _refused(self, error: RateLimited) -> None:
        self._refusals += 1
        told = None if error.retry_at is None or error.at is None else error.retry_at - error.at
        guess = min(REFUSED_LAST, REFUSED_FIRST * 2 ** (self._refusals - 1))
        wait = min(LONGEST_WAIT, told) if told is not None and told >= 0 else guess
        self._blocked_until = max(self._blocked_until, self.monotonic() + wait + self._jitter.uniform(0, 2))
