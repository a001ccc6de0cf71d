"""A wire without a thread: requests are made one after the other, where the slice asks, so that a seed repeats."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from django.db import connection

from integrations.errors import NotFound, UnreadableObject
from integrations.providers import Source
from integrations.records import Answer
from integrations.sync.pump import Got

T = TypeVar("T")
LOT = 3  # answers that are stored in one transaction


@dataclass
class Counted:
    """Stands in for the budget: it counts. Limits and waits have tests of their own."""

    requests: int = 0


class InlineWire:
    """Stands in for `integrations.sync.wire.Wire`."""

    def __init__(self, source: Source, *, in_flight: Callable[[], int]) -> None:
        self.budget = Counted()
        self._source = source
        self._in_flight = in_flight

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is open."""

    def ask(self, question: Callable[[Source], Awaitable[Answer[T]]], *, seconds: float | None = None) -> Answer[T]:
        assert not connection.in_atomic_block, "a request inside a transaction"
        self.budget.requests += 1
        return _done(question(self._source))  # type: ignore[no-any-return]

    @contextmanager
    def line(self, question: Callable[[Source, str], Awaitable[Answer[T]]]) -> Iterator["InlineLine[T]"]:
        yield InlineLine(lambda one: self.ask(lambda source: question(source, one)), in_flight=self._in_flight)

    @contextmanager
    def each(
        self, external_ids: Iterable[str], question: Callable[[Source, str], Awaitable[Answer[T]]]
    ) -> Iterator[Iterator[list[Got[T]]]]:
        with self.line(question) as line:
            line.add(external_ids)
            yield iter(line.take, [])


class InlineLine(Generic[T]):
    """Stands in for `integrations.sync.pump.Pump`: as many answers are on their way as the seed says."""

    def __init__(self, ask: Callable[[str], Answer[T]], *, in_flight: Callable[[], int]) -> None:
        self.is_drained = False
        self._ids: deque[str] = deque()
        self._came: deque[Got[T]] = deque()
        self._ask = ask
        self._in_flight = in_flight

    def add(self, external_ids: Iterable[str]) -> None:
        self._ids.extend(external_ids)

    def stop(self) -> None:
        self._ids.clear()

    def take(self, size: int = LOT, *, wait: float | None = None) -> list[Got[T]]:
        if not self._came:
            under_way = [self._ids.popleft() for _ in range(min(self._in_flight(), len(self._ids)))]
            self._came.extend(map(self._one, under_way))
        lot = [self._came.popleft() for _ in range(min(size, LOT, len(self._came)))]
        self.is_drained = not lot
        return lot

    def _one(self, external_id: str) -> Got[T]:
        try:
            return Got(external_id, answer=self._ask(external_id))
        except (NotFound, UnreadableObject) as error:
            return Got(external_id, error=error)


def _done(work: Awaitable[Any]) -> Any:
    """Drive *work* to its end. Nothing in the simulation waits, so there is nothing to give way to."""
    steps = work.__await__()
    try:
        next(steps)
    except StopIteration as done:
        return done.value
    raise AssertionError("something waited in the simulation")
