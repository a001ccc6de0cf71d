"""Many questions at once: as many in flight as Intercom bears, and no more answers waiting than the store can take."""

import asyncio
import queue
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from integrations.errors import NotFound, ProviderError, ProviderUnavailable, UnreadableObject
from integrations.records import Answer
from integrations.sync.budget import MustWait
from integrations.sync.budget.width import WIDEST, Width

T = TypeVar("T")

ROOM = 64  # answers in flight or waiting for the database
LOAD = 32 * 1024 * 1024  # bytes of them: what is in flight is taken to be as large as what came last
PATIENCE = 0.2  # seconds that answers wait for others, to be stored together
FAILING = 3  # ids in a row without an answer; after more of them no further one is asked for


@dataclass(frozen=True, slots=True)
class Got(Generic[T]):
    """What came for one id: an answer, or the error that concerns this id alone. ProviderUnavailable may be of this id
    or of the provider; who takes it finds out.
    """

    external_id: str
    answer: Answer[T] | None = None
    error: NotFound | UnreadableObject | ProviderUnavailable | None = None


class Pump(Generic[T]):
    """Runs in the wire's event loop; all but `run` is called from the slice's thread."""

    def __init__(
        self, ask: Callable[[str], Awaitable[Answer[T]]], *, width: Width, loop: asyncio.AbstractEventLoop
    ) -> None:
        self.is_drained = False  # whether `take` has given all that will come
        self._ids: deque[str] = deque()
        self._news = asyncio.Event()  # there is more to ask for, or there never will be
        self._ends = False
        self._ask = ask
        self._width = width
        self._loop = loop
        self._came: queue.SimpleQueue[Got[T] | None] = queue.SimpleQueue()
        self._room = asyncio.Semaphore(ROOM)
        self._over = False
        self._under_way = 0
        self._load = 0  # bytes of the answers that wait
        self._last = 0  # bytes of the one that came last
        self._failing = 0  # ids in a row that got no answer
        self._error: ProviderError | MustWait | None = None

    async def run(self) -> None:
        """Ask of each id; raises the first error that does not concern one id alone, once all under way is in."""
        try:
            await asyncio.gather(*(self._work() for _ in range(WIDEST)))
        finally:
            self._came.put(None)
        if self._error is not None:
            raise self._error

    def add(self, external_ids: Iterable[str]) -> None:
        """Ask of these too."""
        self._ids.extend(external_ids)
        self._loop.call_soon_threadsafe(self._news.set)

    def end(self) -> None:
        """Nothing is added any more: once all have been asked for, the pump is drained."""
        self._ends = True
        self._loop.call_soon_threadsafe(self._news.set)

    def stop(self) -> None:
        """Ask no more; what is in flight still comes."""
        self._over = True
        self._loop.call_soon_threadsafe(self._news.set)

    def take(self, size: int = ROOM, *, wait: float | None = None) -> list[Got[T]]:
        """What has come, at most *size*. The first is waited for (at most *wait* seconds), others for a moment.

        Empty: nothing will come any more, or nothing did in that time.
        """
        lot: list[Got[T]] = []
        until = 0.0
        while len(lot) < size:
            try:
                more = self._came.get(timeout=max(0.0, until - time.monotonic()) if lot else wait)
            except queue.Empty:
                break
            if more is None:
                self.is_drained = True
                self._came.put(None)  # for the next call
                break
            until = until or time.monotonic() + PATIENCE
            lot.append(more)
        size = sum(one.answer.size for one in lot if one.answer is not None)
        self._loop.call_soon_threadsafe(self._make_room, len(lot), size)
        return lot

    def _make_room(self, places: int, size: int) -> None:
        self._load -= size
        for _ in range(places):
            self._room.release()

    async def _work(self) -> None:
        while not self._is_over and (self._ids or not self._ends):
            if self._under_way >= self._width.now or self._is_loaded:
                await asyncio.sleep(0.02)
            elif self._ids:
                self._under_way += 1
                await self._next()
                self._under_way -= 1
            else:
                self._news.clear()
                await self._news.wait()

    async def _next(self) -> None:
        await self._room.acquire()
        if self._ids and not self._is_over:
            await self._one(self._ids.popleft())
        else:
            self._room.release()

    @property
    def _is_over(self) -> bool:
        return self._over or self._error is not None

    @property
    def _is_loaded(self) -> bool:
        """Whether one answer more may be too much to hold; never while none waits or is under way."""
        return self._load + self._under_way * self._last >= LOAD

    async def _one(self, external_id: str) -> None:
        try:
            answer = await self._ask(external_id)
        except (NotFound, UnreadableObject) as error:
            self._came.put(Got(external_id, error=error))
        except ProviderUnavailable as error:
            self._failing += 1
            if self._failing > FAILING:
                self._over = True
                self._news.set()
            self._came.put(Got(external_id, error=error))
        except (ProviderError, MustWait) as error:
            self._error = self._error or error
            self._news.set()
        else:
            self._failing = 0
            self._load, self._last = self._load + answer.size, answer.size
            self._came.put(Got(external_id, answer=answer))
