"""The line to the provider: an event loop in a thread of its own, and the database in the slice's thread.

No database in the loop, no HTTP in a transaction: the slice asks here and gets values back.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from django.db import connection

from integrations.errors import TIMEOUT, CredentialRejected, PermissionMissing, ProviderUnavailable
from integrations.providers import Access, Provider, Source
from integrations.records import Answer
from integrations.sync.budget import Budget
from integrations.sync.pump import Got, Pump

T = TypeVar("T")
Lots = Iterator[list[Got[T]]]


class Wire:
    """Use as a context manager; `ask` one thing at a time, `each` for many at once.

    Both raise what ends the slice: ProviderError, or MustWait.
    """

    def __init__(self, provider: Provider, access: Access, budget: Budget) -> None:
        self.budget = budget
        self._line = provider.open(access)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)
        self._confirming = asyncio.Lock()
        self._confirmed = 0  # how often the token was found to be good after all
        self._rejected: CredentialRejected | None = None
        self._source: Source

    def __enter__(self) -> Self:
        self._thread.start()
        self._source = self._here(self._line.__aenter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._here(self._hang_up())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def ask(self, question: Callable[[Source], Awaitable[Answer[T]]], *, seconds: float | None = None) -> Answer[T]:
        """One request and its answer, which may take so many *seconds* (None: as long as any)."""
        return self._here(self._ask(lambda source: _in_time(question(source), seconds)))

    @contextmanager
    def line(self, question: Callable[[Source, str], Awaitable[Answer[T]]]) -> Iterator[Pump[T]]:
        """Ask *question* of each id that is added to the pump, many at once. What came before an error is given first;
        then the error is raised.
        """
        pump = Pump(
            lambda one: self._ask(lambda source: question(source, one)), width=self.budget.width, loop=self._loop
        )
        done = asyncio.run_coroutine_threadsafe(pump.run(), self._loop)
        try:
            yield pump
            if pump.is_drained:  # else the caller had enough
                done.result()
        finally:
            pump.stop()
            done.cancel()

    @contextmanager
    def each(
        self, external_ids: Iterable[str], question: Callable[[Source, str], Awaitable[Answer[T]]]
    ) -> Iterator["Lots[T]"]:
        """The same of *external_ids* and no others. Gives an iterator over lots of what has come: at most 64 answers,
        at most 0.2 s apart.
        """
        with self.line(question) as pump:
            pump.add(external_ids)
            pump.end()
            yield iter(pump.take, [])

    async def _hang_up(self) -> None:
        """Let what was cut short come to its end, so that the budget hears of it, and close everything."""
        try:
            await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()}, return_exceptions=True)
            await self.budget.close()
        finally:
            await self._line.__aexit__(None, None, None)

    async def _ask(self, question: Callable[[Source], Awaitable[Answer[T]]]) -> Answer[T]:
        confirmed = self._confirmed
        try:
            return await self.budget.run(lambda: question(self._source))
        except CredentialRejected as error:
            await self._confirm(error, confirmed)
            return await self.budget.run(lambda: question(self._source))

    async def _confirm(self, error: CredentialRejected, confirmed: int) -> None:
        """Intercom has answered 401 to good tokens for a moment, so one question of another kind decides, once for
        all that were under way: *confirmed* is how often that had been found out when the refused one was asked.
        """
        async with self._confirming:
            if self._rejected is not None:
                raise self._rejected
            if self._confirmed > confirmed:
                return
            try:
                await self.budget.run(self._source.identity)
            except PermissionMissing:
                pass  # known, and merely not allowed to ask that
            except CredentialRejected:
                self._rejected = error
                raise
            self._confirmed += 1

    def _here(self, work: Awaitable[T]) -> T:
        """Wait in the slice's thread for *work* in the loop."""
        if connection.in_atomic_block:
            raise RuntimeError(
                "No HTTP inside a transaction: it would hold the write lock for as long as Intercom takes."
            )

        async def wait() -> T:
            return await work

        waited_for = asyncio.run_coroutine_threadsafe(wait(), self._loop)
        try:
            return waited_for.result()
        finally:
            waited_for.cancel()  # when this thread was interrupted; else it is over


async def _in_time(answer: Awaitable[T], seconds: float | None) -> T:
    try:
        async with asyncio.timeout(seconds):
            return await answer
    except TimeoutError:
        raise ProviderUnavailable("There was no answer in the time that it may take.", code=TIMEOUT) from None
