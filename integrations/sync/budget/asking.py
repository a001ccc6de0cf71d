"""How a slice asks: in its turn, and again where that may help. The only place that waits for Intercom or repeats.

The limit is told by the answers (so many in a window of ten seconds, so many left, when it ends) and is kept before it
is reached. A refusal (429) stops every request until the time that it names.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from math import ceil
from types import TracebackType
from typing import Self, TypeVar

from integrations.errors import OWN_LIMIT, TIMEOUT, ProviderError, ProviderUnavailable, RateLimited
from integrations.records import Answer, Rate, Rated
from integrations.sync.budget.retries import Retries
from integrations.sync.budget.rules import REFUSED_FIRST, Told
from integrations.sync.budget.turns import Turns
from integrations.sync.budget.width import Width

T = TypeVar("T")
A = TypeVar("A", bound=Rated)

PATIENCE = 2.0  # seconds that a question waits for its turn before the slice gives its place back
ATTEMPTS = 5
PAUSE = 1.0  # seconds at most before the second attempt; doubles up to LONGEST_PAUSE
LONGEST_PAUSE = 8.0
NEVER_SENT = {"dns", "connect", "tls"}  # no request went out, so none counts


class MustWait(Exception):
    """The share of this window is spent, or Intercom asked for a pause: go on after `seconds`."""

    def __init__(self, seconds: float, *, refused: bool) -> None:
        super().__init__(f"go on in {seconds:.1f} s")
        self.seconds = seconds
        self.refused = refused  # Intercom said so (429), not our own share


@dataclass(slots=True)
class Budget:
    """The requests of one slice, or those that a person waits for. Lives in their event loop; nothing here is shared
    between threads.
    """

    turns: Turns
    retries: Retries = field(default_factory=Retries)
    patience: float = PATIENCE
    width: Width = field(default_factory=Width)
    requests: int = 0
    _jitter: random.Random = field(default_factory=random.Random)

    async def run(self, ask: Callable[[], Awaitable[Answer[T]]]) -> Answer[T]:
        """The answer to *ask*, in its turn, asked again if Intercom was away for a moment.

        Raises MustWait when its turn is further off than the patience, and ProviderError as the last try left it.
        """
        self.retries.earn()
        for attempt in range(1, ATTEMPTS + 1):
            window = await self._turn()
            try:
                answer = await self._once(ask, window)
            except ProviderUnavailable as error:
                self.width.narrow()
                is_late = error.code == TIMEOUT  # to ask again would take as long, and a slice has only so long
                if attempt == ATTEMPTS or is_late or not self.retries.spend():
                    raise
                await asyncio.sleep(self._jitter.uniform(0, min(LONGEST_PAUSE, PAUSE * 2 ** (attempt - 1))))
            except RateLimited:
                self.width.narrow()
            else:
                self.width.widen()
                return answer
        raise MustWait(REFUSED_FIRST, refused=True)

    async def once(self, ask: Callable[[], Awaitable[A]]) -> A:
        """The answer to *ask*, in its turn and never asked again: a person waits for it.

        Raises RateLimited with code OWN_LIMIT, and asks nothing, when its turn is further off than the patience.
        """
        try:
            window = await self._turn()
        except MustWait as wait:
            raise RateLimited(code=OWN_LIMIT, retry_at=int(time.time()) + ceil(wait.seconds)) from None
        return await self._once(ask, window)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """After the last question."""
        await self.turns.close()

    async def _turn(self) -> int:
        """Wait for a turn; returns its window."""
        waited = 0.0
        while not (given := await self.turns.take()).turns:
            waited += given.wait
            if waited > self.patience:
                raise MustWait(given.wait, refused=given.refused)
            await asyncio.sleep(given.wait)
        return given.window

    async def _once(self, ask: Callable[[], Awaitable[A]], window: int) -> A:
        self.requests += 1
        told = Told(window)  # of a question that is given up: it may have been counted
        try:
            answer = await ask()
            told = _told(window, answer.rate, answer.at)
        except ProviderError as error:
            told = _told_by(error, window)
            raise
        else:
            return answer
        finally:
            self.turns.tell(told)


def _told_by(error: ProviderError, window: int) -> Told:
    if isinstance(error, ProviderUnavailable) and error.code in NEVER_SENT:
        return Told(window, unused=True)
    if not isinstance(error, RateLimited):
        return _told(window, error.rate, error.at)
    named = None if error.retry_at is None or error.at is None else error.retry_at - error.at
    return replace(_told(window, error.rate, error.at), refused=True, retry_in=named)


def _told(window: int, rate: Rate | None, at: int | None) -> Told:
    if rate is None:
        return Told(window)
    ends_in = None if rate.reset is None or at is None else float(rate.reset - at)
    return Told(window, limit=rate.limit, remaining=rate.remaining, reset=rate.reset, ends_in=ends_in)
