"""Many questions at once: as many in flight as Intercom bears, and no more answers waiting than the store can take."""

import asyncio
import queue
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from integrations.errors import NotFound, ProviderError, ProviderUnavailable, UnreadableObject
from integrations.records import Answer
from integrations.sync.budget import MustWait
from integrations.sync.budget.width import WIDEST, Width

T = TypeVar("T")

ROOM = 64  # answers in flight or waiting for the database
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
    """Runs in the wire's event loop; `take` and `stop` are called from the slice's thread."""

    def __init__(
        self,
        external_ids: Sequence[str],
        ask: Callable[[str], Awaitable[Answer[T]]],
        *,
        width: Width,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self.is_drained = False  # whether `take` has given all that will come
        self._ids = iter(external_ids)
        self._ask = ask
        self._width = width
        self._loop = loop
        self._came: queue.SimpleQueue[Got[T] | None] = queue.SimpleQueue()
        self._room = asyncio.Semaphore(ROOM)
        self._over = False
        self._failing = 0  # ids in a row that got no answer
        self._error: ProviderError | MustWait | None = None

    async def run(self) -> None:
        """Ask of each id; raises the first error that does not concern one id alone, once all under way is in."""
        try:
            await asyncio.gather(*(self._work(place) for place in range(WIDEST)))
        finally:
            self._came.put(None)
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Ask no more; what is in flight still comes."""
        self._over = True

    def take(self, size: int, seconds: float) -> list[Got[T]]:
        """What has come, at most *size*, waiting for more at most *seconds*; an empty list when nothing will come."""
        lot: list[Got[T]] = []
        until = 0.0
        while len(lot) < size:
            try:
                more = self._came.get(timeout=max(0.0, until - time.monotonic()) if lot else None)
            except queue.Empty:
                break
            if more is None:
                self.is_drained = True
                self._came.put(None)  # for the next call
                break
            until = until or time.monotonic() + seconds
            lot.append(more)
        self._loop.call_soon_threadsafe(self._make_room, len(lot))
        return lot

    def _make_room(self, places: int) -> None:
        for _ in range(places):
            self._room.release()

    async def _work(self, place: int) -> None:
        while not self._over and self._error is None:
            if place >= self._width.now:
                await asyncio.sleep(0.02)
                continue
            external_id = next(self._ids, None)
            if external_id is None:
                self._over = True
                return
            await self._room.acquire()
            await self._one(external_id)

    async def _one(self, external_id: str) -> None:
        try:
            answer = await self._ask(external_id)
        except (NotFound, UnreadableObject) as error:
            self._came.put(Got(external_id, error=error))
        except ProviderUnavailable as error:
            self._failing += 1
            self._over = self._over or self._failing > FAILING
            self._came.put(Got(external_id, error=error))
        except (ProviderError, MustWait) as error:
            self._error = self._error or error
        else:
            self._failing = 0
            self._came.put(Got(external_id, answer=answer))
