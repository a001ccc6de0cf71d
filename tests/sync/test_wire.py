"""The line between the slice's thread and the loop that talks to the provider."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from integrations.providers import Access
from integrations.sync.budget import Budget, Terms
from integrations.sync.budget.here import Here, Windows
from integrations.sync.wire import Wire
from sonora.core.secret import SecretStr


class Interrupted(Exception):
    """As Celery raises it in the thread of a task whose time is over."""


def test_a_slice_that_is_interrupted_does_not_wait_for_an_answer() -> None:
    began = time.monotonic()
    with pytest.raises(Interrupted), _wire() as wire, _interrupted_after(0.2):
        wire.ask(lambda source: source.identity())
    assert time.monotonic() - began < 10  # the answer would take twenty


def _wire() -> Wire:
    @asynccontextmanager
    async def silent(_: Access) -> AsyncIterator[Any]:
        yield SimpleNamespace(identity=lambda: asyncio.sleep(20))

    access = Access(token=SecretStr("fake-token-of-nobody"), base_url="http://127.0.0.1:1")
    return Wire(cast(Any, SimpleNamespace(open=silent)), access, Budget(Here("app", Terms(1.0), Windows())))


@contextmanager
def _interrupted_after(seconds: float) -> Iterator[None]:
    def interrupt(*_: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
