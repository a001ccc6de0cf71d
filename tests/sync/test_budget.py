"""How fast requests go out, against a clock that is moved by hand."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from integrations.errors import NotFound, ProviderUnavailable, RateLimited
from integrations.records import Answer, Rate
from integrations.sync.budget import ATTEMPTS, Budget, MustWait


@dataclass
class Intercom:
    """Counts the requests of its windows of ten seconds, and of a neighbour who uses the same limit."""

    limit: int = 100
    now: float = 1_000.0
    others: int = 0
    used: dict[int, int] = field(default_factory=dict)
    refused: int = 0

    async def answer(self) -> Answer[str]:
        window = int(self.now // 10)
        used = self.used.get(window, self.others) + 1
        rate = Rate(limit=self.limit, remaining=max(0, self.limit - used), reset=(window + 1) * 10)
        if used > self.limit:
            self.refused += 1
            raise RateLimited(rate=rate, at=int(self.now), retry_at=(window + 1) * 10)
        self.used[window] = used
        return Answer(value="ok", at=int(self.now), rate=rate)

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    def budget(self, *, share: float = 1.0, patience: float = 60.0) -> Budget:
        return Budget(share=share, patience=patience, monotonic=lambda: self.now, sleep=self.sleep)


def ask(budget: Budget, times: int, question: Callable[[], object]) -> None:
    async def many() -> None:
        for _ in range(times):
            await budget.run(question)  # type: ignore[arg-type]

    asyncio.run(many())


def test_the_limit_is_kept_before_it_is_reached() -> None:
    intercom = Intercom()
    ask(intercom.budget(), 350, intercom.answer)
    assert intercom.refused == 0
    assert max(intercom.used.values()) <= 100


def test_the_whole_share_is_used_while_there_is_work() -> None:
    intercom = Intercom()
    ask(intercom.budget(share=0.5), 300, intercom.answer)
    full = sorted(intercom.used.values())[1:]
    assert max(full) <= 50
    assert sum(full) / len(full) >= 45


def test_what_other_tools_use_is_left_to_them() -> None:
    intercom = Intercom(others=70)
    ask(intercom.budget(share=0.8), 200, intercom.answer)
    assert intercom.refused == 0


def test_a_turn_that_is_too_far_off_gives_the_place_back() -> None:
    intercom = Intercom()
    with pytest.raises(MustWait) as waiting:
        ask(intercom.budget(share=0.5, patience=2.0), 60, intercom.answer)
    assert 2 < waiting.value.seconds <= 12
    assert not waiting.value.refused


def test_after_a_429_nothing_goes_out_before_the_time_it_names() -> None:
    intercom = Intercom()
    asked: list[float] = []

    async def refuse_once() -> Answer[str]:
        asked.append(intercom.now)
        if len(asked) == 1:
            raise RateLimited(at=int(intercom.now), retry_at=int(intercom.now) + 7)
        return await intercom.answer()

    ask(intercom.budget(), 1, refuse_once)
    assert 7 <= asked[1] - asked[0] <= 9


def test_a_429_that_names_no_time_waits_ten_seconds_and_then_longer() -> None:
    intercom = Intercom()
    asked: list[float] = []

    async def refuse_twice() -> Answer[str]:
        asked.append(intercom.now)
        if len(asked) <= 2:
            raise RateLimited(at=int(intercom.now))
        return await intercom.answer()

    ask(intercom.budget(), 1, refuse_twice)
    assert 10 <= asked[1] - asked[0] <= 12
    assert 20 <= asked[2] - asked[1] <= 22


@pytest.mark.parametrize("reset", [None, -5, 0, 10**12])
def test_a_reset_that_makes_no_sense_is_not_believed(reset: int | None) -> None:
    intercom = Intercom()

    async def odd() -> Answer[str]:
        return Answer(value="ok", at=int(intercom.now), rate=Rate(limit=10, remaining=0, reset=reset))

    began = intercom.now
    ask(intercom.budget(patience=100.0), 3, odd)
    assert intercom.now - began <= 2 * 61


def test_an_outage_is_asked_through_but_not_for_ever() -> None:
    intercom = Intercom()
    asked = []

    async def away() -> Answer[str]:
        asked.append(1)
        raise ProviderUnavailable

    with pytest.raises(ProviderUnavailable):
        ask(intercom.budget(), 1, away)
    assert len(asked) == ATTEMPTS


def test_retries_are_a_tenth_of_all_requests_at_most() -> None:
    intercom = Intercom(limit=5_000)
    budget = intercom.budget()
    asked = []

    async def often_away() -> Answer[str]:
        asked.append(1)
        if len(asked) % 2:
            raise ProviderUnavailable
        return await intercom.answer()

    with pytest.raises(ProviderUnavailable):
        ask(budget, 1_000, often_away)
    assert budget.retries <= 5 + 0.1 * budget.requests + 1


def test_what_will_not_change_is_asked_once() -> None:
    intercom = Intercom()
    asked = []

    async def gone() -> Answer[str]:
        asked.append(1)
        raise NotFound

    with pytest.raises(NotFound):
        ask(intercom.budget(), 1, gone)
    assert len(asked) == 1
