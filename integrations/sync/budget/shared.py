"""Turns by the rules in Redis, which all processes share. What a slice has to say and to ask goes there together."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

import structlog
from redis.exceptions import RedisError

from integrations.sync.budget.alone import Alone
from integrations.sync.budget.rules import Given, Terms, Told
from integrations.sync.budget.script import Script

logger = structlog.get_logger(__name__)

AGAIN = 1.0  # seconds after which Redis is asked again when it was away
KEPT = 100  # turns that it is told of once it is back


class Shared:
    """Turns of one bucket for everybody who asks the Redis at *url*.

    While Redis is away this process takes one request a second, and goes back to Redis by itself.
    """

    def __init__(self, url: str, bucket: str, terms: Terms, alone: Alone) -> None:
        self._script = Script(url, bucket)
        self._bucket = bucket
        self._terms = terms
        self._alone = alone
        self._away_until = 0.0  # time.monotonic(); 0: it is there
        self._waiting: list[asyncio.Future[Given]] = []
        self._told: list[Told] = []
        self._missed: list[Told] = []  # told while Redis was away
        self._asking: asyncio.Task[None] | None = None

    async def take(self) -> Given:
        waiter: asyncio.Future[Given] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        self._ask_soon()
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._hand_back(waiter.result())
            raise

    def tell(self, told: Told) -> None:
        self._told.append(told)
        self._ask_soon()

    async def close(self) -> None:
        """Tell what is not told yet, and close the connection."""
        if self._asking is not None:
            await self._asking
        await self._script.close()

    def _ask_soon(self) -> None:
        """In a task, so that whoever asks or tells in the same round of the loop goes along."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        while self._waiting or self._told:
            waiting, self._waiting = self._waiting, []
            told, self._told = self._told, []
            try:
                given = await self._exchange(told, want=len(waiting))
            except BaseException as problem:
                for waiter in waiting:
                    if not waiter.done():  # nobody else would wake it
                        waiter.set_exception(problem)
                raise
            for place, waiter in enumerate(waiting):
                self._serve(waiter, replace(given, turns=1 if place < given.turns else 0))

    def _serve(self, waiter: "asyncio.Future[Given]", given: Given) -> None:
        if waiter.cancelled():
            self._hand_back(given)
        else:
            waiter.set_result(given)

    def _hand_back(self, given: Given) -> None:
        if given.turns:
            self.tell(Told(given.window, unused=True))

    async def _exchange(self, told: Sequence[Told], *, want: int) -> Given:
        if time.monotonic() >= self._away_until:
            try:
                given = await self._script.exchange(told=[*self._missed, *told], want=want, terms=self._terms)
            except (RedisError, OSError) as error:
                self._is_away(error)
            else:
                self._is_back()
                return given
        self._missed = [*self._missed, *told][-KEPT:]
        return self._alone.exchange(self._bucket, told=told, want=want, terms=self._terms)

    def _is_away(self, error: Exception) -> None:
        if not self._away_until:
            logger.warning("budget_alone", bucket=self._bucket, reason=type(error).__name__)
        self._away_until = time.monotonic() + AGAIN

    def _is_back(self) -> None:
        if self._away_until:
            logger.info("budget_shared_again", bucket=self._bucket)
        self._away_until = 0.0
        self._missed = []
