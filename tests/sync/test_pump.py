"""How many conversations are asked for at once."""

import asyncio
from collections.abc import Awaitable, Callable

from integrations.errors import ProviderUnavailable
from integrations.records import Answer
from integrations.sync.budget import Budget, Terms
from integrations.sync.budget.here import Here, Windows
from integrations.sync.budget.retries import Retries
from integrations.sync.pump import Got, Pump
from tests.sync.fake_intercom import Intercom, run

OK: Answer[str] = Answer(value="ok")


class Counted:
    """Notes how many are asked at once, and how many were at each moment that one was."""

    def __init__(self, fails: Callable[[int], bool] = lambda _: False) -> None:
        self.at_once: list[int] = []
        self._now = 0
        self._fails = fails

    async def __call__(self) -> Answer[str]:
        self._now += 1
        self.at_once.append(self._now)
        fails = self._fails(len(self.at_once))
        await asyncio.sleep(0.1)
        self._now -= 1
        if fails:
            raise ProviderUnavailable
        return OK


def pump(question: Callable[[], Awaitable[Answer[str]]], number: int = 60) -> list[Got[str]]:
    """Ask so many questions (64 at most, since nobody takes the answers meanwhile)."""

    async def all_of_them() -> list[Got[str]]:
        loop = asyncio.get_running_loop()
        told = Intercom(limit=5_000)
        budget = Budget(Here("app", Terms(1.0), Windows(loop.time)), retries=Retries(left=24))
        await budget.run(told.answer)  # so that the limit is known
        asked = Pump(lambda _: budget.run(question), width=budget.width, loop=loop)
        asked.add(str(one) for one in range(number))
        asked.end()
        await asked.run()
        return asked.take(number)

    return run(all_of_them())


def test_more_are_under_way_with_each_answer_up_to_24() -> None:
    counted = Counted()
    assert len(pump(counted)) == 60
    assert counted.at_once[8] <= 10
    assert max(counted.at_once) == 24


def test_fewer_are_under_way_after_failures_but_four_at_least() -> None:
    counted = Counted(fails=lambda number: 25 <= number < 45)
    assert len(pump(counted)) == 60
    assert max(counted.at_once[:45]) == 24
    assert 4 <= max(counted.at_once[45:60]) <= 8
