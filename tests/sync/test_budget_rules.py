"""The rules of the limit are written down twice: for this process and for Redis. Both decide the same."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
import redis
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.sync.budget import rules as numbers
from integrations.sync.budget.rules import Given, Terms, Told
from integrations.sync.budget.script import rules, written
from integrations.sync.budget.window import Window
from tests.sync.fake_intercom import Intercom
from tests.sync.test_budget_limit import share_it
from tests.valkey import Valkey, valkey

__all__ = ["valkey"]

BY_THE_CLOCK_OF_THE_TEST = "local now = tonumber(table.remove(ARGV))\n"
KEY = "rl:test"


@dataclass(frozen=True)
class Exchange:
    """What is told and asked, so many seconds after the one before. Windows count back from the last one given in."""

    later: float
    told: list[Told]
    want: int
    terms: Terms
    luck: float


LIMITS = [0, 83, 167, 167, 1667, 9000]
LEFT = [0.0, 0.05, 0.1, 0.11, 0.15, 0.21, 0.3, 0.6, 0.99]  # of the limit
RESETS = [990, 1_000, 1_000, 1_010, 1_010, 1_013, 1_020]
ENDS_IN = [0.0, 1.0, 4.0, 9.0, 10.0, 11.0, 12.0, 60.0, 90.0, -3.0]
NAMED = [0.0, 0.5, 7.0, 59.0, 75.0, -2.0]


@st.composite
def tellings(draw: Any) -> Told:
    def mostly(value: Any) -> Any:
        return draw(st.sampled_from([value, value, value, value, None]))

    limit = draw(st.sampled_from(LIMITS))
    return Told(
        window=draw(st.integers(0, 3)),
        limit=mostly(limit),
        remaining=mostly(int(limit * draw(st.sampled_from(LEFT)))),
        reset=mostly(draw(st.sampled_from(RESETS))),
        ends_in=mostly(draw(st.sampled_from(ENDS_IN))),
        refused=draw(st.sampled_from([False, False, False, True])),
        retry_in=mostly(draw(st.sampled_from(NAMED))),
        unused=draw(st.sampled_from([False, False, False, True])),
    )


exchanges = st.builds(
    Exchange,
    later=st.sampled_from([0.0, 0.0, 0.01, 0.3, 2.5, 9.97, 10.0, 33.3, 200.0, -3.0, -500.0]),
    told=st.lists(tellings(), max_size=4),
    want=st.integers(0, 40),
    terms=st.builds(Terms, share=st.sampled_from([0.001, 0.03, 0.5, 0.8, 1.0]), paced=st.booleans()),
    luck=st.floats(0, 1),
)


@pytest.fixture
def in_redis(valkey: Valkey) -> Iterator[Callable[..., list[int]]]:
    with redis.Redis.from_url(valkey.url) as client:
        script = client.register_script(BY_THE_CLOCK_OF_THE_TEST + rules())

        def exchange(now: float, *, told: list[Told], want: int, terms: Terms, luck: float) -> list[int]:
            values = [value for each in told for value in written(each)]
            arguments = [want, terms.share, int(terms.paced), luck, *values, now]
            return list(script(keys=[KEY], args=arguments))

        exchange.client = client  # type: ignore[attr-defined]
        yield exchange


@pytest.fixture
def compared(in_redis: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a window decides in this test, Redis must decide as well. One window at a time."""
    real = Window.exchange

    def both(here: Window, now: float, *, told: Any, **asked: Any) -> Given:
        if not here.number:
            in_redis.client.delete(KEY)
        told = list(told)
        ours = real(here, now, told=told, **asked)
        assert in_redis(now, told=told, **asked) == _as_redis_says(ours)
        return ours

    monkeypatch.setattr(Window, "exchange", both)


def test_both_decide_the_same_whatever_is_told(in_redis: Any) -> None:
    @settings(max_examples=80, deadline=None, database=None, derandomize=True)
    @given(st.lists(exchanges, min_size=1, max_size=8))
    def agree(steps: list[Exchange]) -> None:
        in_redis.client.delete(KEY)
        here, now, last = Window(), 1_000_000.25, 0
        for step in steps:
            now += step.later
            told = [_counted_back(one, last) for one in step.told]
            asked: dict[str, Any] = {"told": told, "want": step.want, "terms": step.terms, "luck": step.luck}
            ours = here.exchange(now, **asked)
            assert in_redis(now, **asked) == _as_redis_says(ours)
            assert _held(in_redis.client) == pytest.approx(_as_held(here), rel=1e-15)
            last = ours.window

    agree()


@pytest.mark.parametrize(
    ("intercom", "terms"),
    [
        (Intercom(limit=40, latency=1.5), Terms(share=1.0)),
        (Intercom(limit=83, latency=0.5, others=lambda since: int(4 * since)), Terms(share=0.8)),
        (Intercom(limit=400, latency=0.3, others=lambda _: 332), Terms(share=0.5)),
        (Intercom(limit=167, latency=1.5), Terms(share=0.5, paced=True)),
    ],
    ids=["slow", "beside a neighbour", "beside a busy neighbour", "in the background"],
)
def test_both_decide_the_same_all_through_a_busy_minute(compared: None, intercom: Intercom, terms: Terms) -> None:
    share_it(intercom, terms, seconds=25, away=0.1)


def test_both_know_the_same_numbers() -> None:
    lines = re.findall(r"^local ([A-Z_, ]+) = ([\d., ]+)", rules(), re.MULTILINE)
    in_lua = {
        name: float(value)
        for names, values in lines
        for name, value in zip(names.split(", "), values.split(", "), strict=True)
    }
    assert len(in_lua) > 15
    del in_lua["KEPT"]
    assert in_lua == {name: getattr(numbers, name) for name in in_lua}


def _counted_back(told: Told, last: int) -> Told:
    return Told(**{one.name: getattr(told, one.name) for one in fields(Told)} | {"window": last - told.window})


def _as_redis_says(given: Given) -> list[int]:
    return [given.turns, given.window, math.ceil(given.wait * 1e6), int(given.refused)]


def _held(client: "redis.Redis[bytes]") -> dict[str, float]:
    return {name.decode(): float(value) for name, value in client.hgetall(KEY).items()}


def _as_held(window: Window) -> dict[str, float]:
    return {one.name: float(getattr(window, one.name)) for one in fields(Window)}
