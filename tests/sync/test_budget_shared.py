"""Several processes, one limit: turns are counted in a real Valkey, which may go away, forget, or fall silent."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
import redis

from integrations.sync.budget import Terms, alone, shared
from integrations.sync.budget.alone import Alone
from integrations.sync.budget.here import Windows
from integrations.sync.budget.rules import Given, Told
from integrations.sync.budget.script import PATIENCE
from integrations.sync.budget.shared import Shared
from tests.valkey import Valkey, until, valkey

__all__ = ["valkey"]

T = TypeVar("T")
WHOLE = Terms(share=1.0)
TOLD = {"limit": 100, "remaining": 60, "reset": 1_790_000_010, "ends_in": 6.0}


@pytest.fixture(autouse=True)
def nothing_is_kept(valkey: Valkey) -> None:
    if valkey.process.poll() is not None:
        valkey.start()
        until(lambda: _answers(valkey))
    valkey.flush()


def _answers(valkey: Valkey) -> bool:
    try:
        return bool(redis.Redis.from_url(valkey.url).ping())
    except redis.RedisError:
        return False


def with_slices(valkey: Valkey, work: Callable[..., Awaitable[T]], *, number: int = 2, terms: Terms = WHOLE) -> T:
    """Do *work* with the turns of so many slices, each of a process of its own."""

    async def go() -> T:
        slices = [Shared(valkey.url, "us:app1", terms, Alone(Windows())) for _ in range(number)]
        try:
            return await work(*slices)
        finally:
            for one in slices:
                await one.close()

    return asyncio.run(go())


async def take(turns: Shared, number: int) -> list[Given]:
    """So many that ask at the same moment."""
    return list(await asyncio.gather(*(turns.take() for _ in range(number))))


def given(answers: list[Given]) -> int:
    return sum(one.turns for one in answers)


async def told(turns: Shared, window: int, **facts: float | None) -> None:
    """Take in one answer."""
    turns.tell(Told(window, **facts))  # type: ignore[arg-type]
    await all_is_said(turns)


async def all_is_said(turns: Shared) -> None:
    """Wait until Redis has heard whatever this slice has to say."""
    if turns._asking is not None:
        await turns._asking


def test_what_one_process_takes_is_not_there_for_another(valkey: Valkey) -> None:
    async def work(one: Shared, other: Shared) -> tuple[int, int]:
        first = (await take(one, 1))[0]
        await told(one, first.window, **TOLD)
        mine = given(await take(one, 40))
        return mine, given(await take(other, 40))

    mine, others = with_slices(valkey, work)
    assert (mine, others) == (12, 0)  # what is left, but for 48 that may be under way and not be known of


def test_those_who_ask_together_cost_one_exchange(valkey: Valkey) -> None:
    async def work(turns: Shared) -> int:
        await take(turns, 1)
        with redis.Redis.from_url(valkey.url) as client:
            before = client.info("commandstats")["cmdstat_evalsha"]["calls"]
            await take(turns, 24)
            return int(client.info("commandstats")["cmdstat_evalsha"]["calls"] - before)

    assert with_slices(valkey, work, number=1) == 1


def test_a_turn_whose_waiter_is_gone_is_handed_back_at_once(valkey: Valkey) -> None:
    async def work(turns: Shared, other: Shared) -> str:
        await take(other, 1)
        waiter = asyncio.create_task(turns.take())
        await asyncio.sleep(0)
        waiter.cancel()
        await asyncio.gather(waiter, return_exceptions=True)
        await all_is_said(turns)
        with redis.Redis.from_url(valkey.url, decode_responses=True) as client:
            return str(client.hget("rl:us:app1", "used"))

    assert with_slices(valkey, work) == "1"


def test_a_turn_that_comes_in_the_moment_of_a_cancellation_is_handed_back_too(valkey: Valkey) -> None:
    async def work(turns: Shared) -> str:
        async def take_and_cancel() -> None:
            await turns.take()
            other.cancel()  # which has its turn already, and does not know

        first = asyncio.create_task(take_and_cancel())
        other = asyncio.create_task(turns.take())
        await asyncio.gather(first, other, return_exceptions=True)
        assert other.cancelled()
        await all_is_said(turns)
        with redis.Redis.from_url(valkey.url, decode_responses=True) as client:
            return str(client.hget("rl:us:app1", "used"))

    assert with_slices(valkey, work, number=1) == "1"


def test_redis_holds_a_name_and_numbers_and_not_for_long(valkey: Valkey) -> None:
    with_slices(valkey, lambda one, _: take(one, 3))
    with redis.Redis.from_url(valkey.url, decode_responses=True) as client:
        assert client.keys() == ["rl:us:app1"]
        assert all(float(value) >= -1 for value in client.hgetall("rl:us:app1").values())
        assert 0 < client.ttl("rl:us:app1") <= 600


@pytest.mark.parametrize("loss", ["flushall", "script_flush"])
def test_a_redis_that_forgets_everything_is_used_on_and_trusts_nothing(valkey: Valkey, loss: str) -> None:
    async def work(one: Shared, other: Shared) -> list[int]:
        first = (await take(one, 1))[0]
        await told(one, first.window, **TOLD)
        with redis.Redis.from_url(valkey.url) as client:
            getattr(client, loss)()
        return [given(await take(other, 40)), given(await take(one, 40))]

    assert with_slices(valkey, work) == ([10, 0] if loss == "flushall" else [12, 0])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alone, "EVERY", 0.2)
    monkeypatch.setattr(shared, "AGAIN", 0.1)


def test_while_redis_is_away_a_process_sends_one_request_a_second(valkey: Valkey) -> None:
    now = 1_000.0

    async def work(*_: Shared) -> list[int]:
        nonlocal now
        process = Alone(Windows(lambda: now))
        slices = [Shared(valkey.url, f"us:app{n}", WHOLE, process) for n in range(3)]
        valkey.stop()
        turns = []
        for _ in range(12):
            turns.append(sum([given(await take(one, 8)) for one in slices]))
            now += 0.25
        return turns

    assert with_slices(valkey, work, number=0) == [1, 0, 0, 0] * 3


def test_a_redis_that_is_back_is_used_again(valkey: Valkey, quick: None) -> None:
    async def work(turns: Shared) -> int:
        valkey.stop()
        await take(turns, 8)
        valkey.start()
        until(lambda: _answers(valkey))
        await asyncio.sleep(shared.AGAIN)
        return given(await take(turns, 8))

    assert with_slices(valkey, work, number=1) == 8


def test_a_429_that_came_while_redis_was_away_counts_once_it_is_back(valkey: Valkey, quick: None) -> None:
    async def work(turns: Shared) -> list[Given]:
        valkey.stop()
        alone_given = (await take(turns, 1))[0]
        await told(turns, alone_given.window, refused=True, retry_in=30.0)
        await asyncio.sleep(alone.EVERY)
        still_away = (await take(turns, 1))[0]
        valkey.start()
        until(lambda: _answers(valkey))
        await asyncio.sleep(shared.AGAIN)
        return [alone_given, still_away, (await take(turns, 1))[0]]

    first, away, back = with_slices(valkey, work, number=1)
    assert first.turns == 1
    for one in (away, back):
        assert one.turns == 0
        assert one.refused
        assert 10 <= one.wait <= 32


def test_a_silent_redis_holds_a_slice_up_for_half_a_second(valkey: Valkey, quick: None) -> None:
    async def work(turns: Shared) -> tuple[int, float]:
        await take(turns, 1)
        valkey.process.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            turns_given = given(await take(turns, 8))
            return turns_given, time.monotonic() - began
        finally:
            valkey.process.send_signal(signal.SIGCONT)

    turns, seconds = with_slices(valkey, work, number=1)
    assert turns == 1
    assert PATIENCE <= seconds < 10 * PATIENCE
