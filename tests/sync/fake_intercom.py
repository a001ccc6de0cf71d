"""An Intercom that only counts, and an event loop whose clock runs ahead when there is nothing to do."""

import asyncio
import selectors
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from integrations.errors import ProviderUnavailable, RateLimited
from integrations.records import Answer, Rate
from integrations.sync.budget import Budget, MustWait

T = TypeVar("T")
WINDOW = 10


class FakeTimeLoop(asyncio.SelectorEventLoop):
    """Seconds pass only while everybody waits, and then they pass at once."""

    def __init__(self, now: float = 1_000.0) -> None:
        super().__init__(_Ahead(self))
        self.now = now

    def time(self) -> float:
        return self.now


class _Ahead(selectors.SelectSelector):
    def __init__(self, loop: FakeTimeLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        assert timeout is not None, "everybody waits for somebody else"
        self._loop.now += max(0.0, timeout)
        return super().select(0)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run *work* in fake time."""
    with asyncio.Runner(loop_factory=FakeTimeLoop) as runner:
        return runner.run(work)


def now() -> float:
    """Seconds of the fake clock."""
    return asyncio.get_running_loop().time()


@dataclass
class Intercom:
    """Serves a limit in windows of ten seconds of its own clock, which is *ahead* of ours by any number of seconds."""

    limit: int = 100
    ahead: float = 0.0
    latency: float = 0.1
    others: Callable[[float], int] = lambda _: 0  # what a neighbour has used, by the seconds since the window began
    used: Counter[int] = field(default_factory=Counter)  # of ours, by window
    asked: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)  # when, by our clock
    random: Random = field(default_factory=lambda: Random(1))

    async def answer(self) -> Answer[str]:
        await asyncio.sleep(self.latency * self.random.uniform(0.2, 0.8))
        rate, at = self._count()
        await asyncio.sleep(self.latency * self.random.uniform(0.2, 0.8))
        if rate is None:
            end = (at // WINDOW + 1) * WINDOW
            raise RateLimited(rate=Rate(limit=self.limit, remaining=0, reset=end), at=at, retry_at=end)
        return Answer(value="ok", at=at, rate=rate)

    def _count(self) -> tuple[Rate | None, int]:
        self.asked.append(now())
        at = now() + self.ahead
        window, since = int(at // WINDOW), at % WINDOW
        left = self.limit - self.used[window] - self.others(since)
        if left <= 0:
            self.refused.append(now())
            return None, int(at)
        self.used[window] += 1
        return Rate(limit=self.limit, remaining=left - 1, reset=(window + 1) * WINDOW), int(at)

    def full_windows(self) -> list[int]:
        """What was asked in each window but the first and the last."""
        windows = range(min(self.used) + 1, max(self.used))
        return [self.used[one] for one in windows]


async def work(budget: Budget, ask: Callable[[], Awaitable[Answer[str]]], *, seconds: float, at_once: int = 8) -> None:
    """Ask without end, as a slice after the other does."""
    ends = now() + seconds

    async def one() -> None:
        while now() < ends:
            try:
                await budget.run(ask)
            except MustWait as wait:
                await asyncio.sleep(wait.seconds)
            except ProviderUnavailable:
                await asyncio.sleep(5.0)

    await asyncio.gather(*(one() for _ in range(at_once)))
