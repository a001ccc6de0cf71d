"""A wire without a thread: requests are made one after the other, where the slice asks, so that a seed repeats."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

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

    def ask(self, question: Callable[[Source], Awaitable[Answer[T]]]) -> Answer[T]:
        assert not connection.in_atomic_block, "a request inside a transaction"
        self.budget.requests += 1
        return _done(question(self._source))  # type: ignore[no-any-return]

    @contextmanager
    def each(
        self, external_ids: Sequence[str], question: Callable[[Source, str], Awaitable[Answer[T]]]
    ) -> Iterator[Iterator[list[Got[T]]]]:
        yield self._lots(list(external_ids), question)

    def _lots(
        self, external_ids: list[str], question: Callable[[Source, str], Awaitable[Answer[T]]]
    ) -> Iterator[list[Got[T]]]:
        """As many answers are on their way as the seed says, and they come in lots."""
        while external_ids:
            number = self._in_flight()
            under_way, external_ids = external_ids[:number], external_ids[number:]
            came = [self._one(one, question) for one in under_way]
            for start in range(0, len(came), LOT):
                yield came[start : start + LOT]

    def _one(self, external_id: str, question: Callable[[Source, str], Awaitable[Answer[T]]]) -> Got[T]:
        try:
            return Got(external_id, answer=self.ask(lambda source: question(source, external_id)))
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
