"""How many conversations are asked for at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from integrations.errors import NotFound, ProviderUnavailable
from integrations.records import Answer
from integrations.sync.budget import Budget, Terms
from integrations.sync.budget.here import Here, Windows
from integrations.sync.budget.retries import Retries
from integrations.sync.pump import ROOM, Pump
from tests.sync.fake_intercom import Intercom, run

OK: Answer[str] = Answer(value="ok")


class Questions:
    """Those that are under way; the one that was asked first is answered when the test says so."""

    def __init__(self) -> None:
        self._open: list[asyncio.Future[Answer[str]]] = []

    async def __call__(self) -> Answer[str]:
        self._open.append(asyncio.get_running_loop().create_future())
        return await self._open[-1]

    async def under_way(self) -> int:
        """How many there are once whoever may ask has asked."""
        await asyncio.sleep(1.0)
        return len(self._open)

    def answer(self) -> None:
        self._open.pop(0).set_result(OK)

    def fail(self, error: ProviderUnavailable | NotFound) -> None:
        self._open.pop(0).set_exception(error)


@asynccontextmanager
async def pump() -> AsyncIterator[Questions]:
    """Ask as many questions as there is room for, in fake time, none of them twice."""
    loop = asyncio.get_running_loop()
    budget = Budget(Here("app", Terms(1.0), Windows(loop.time)), retries=Retries(left=-float(ROOM)))
    await budget.run(Intercom(limit=5_000).answer)  # so that the limit is known
    questions = Questions()
    asked = Pump(lambda _: budget.run(questions), width=budget.width, loop=loop)
    asked.add(str(one) for one in range(ROOM))
    running = asyncio.create_task(asked.run())
    yield questions
    running.cancel()


def test_one_more_is_under_way_with_each_answer_up_to_24() -> None:
    async def at_each_answer() -> list[int]:
        async with pump() as questions:
            counted = []
            for _ in range(20):
                counted.append(await questions.under_way())
                questions.answer()
            return counted

    assert run(at_each_answer()) == [*range(9, 24), 24, 24, 24, 24, 24]


def test_half_as_many_are_under_way_after_each_failure_but_four_at_least() -> None:
    async def at_each_end(failures: int) -> list[int]:
        async with pump() as questions:
            while await questions.under_way() < 24:
                questions.answer()
            for _ in range(failures):
                questions.fail(ProviderUnavailable())
            counted = []
            for _ in range(30 - failures):
                counted.append(await questions.under_way())
                questions.fail(NotFound())  # which says nothing of how Intercom fares
            return counted

    assert run(at_each_end(1)) == [*range(23, 12, -1), *[12] * 18]
    assert run(at_each_end(2)) == [*range(22, 6, -1), *[6] * 12]
    assert run(at_each_end(3)) == [*range(21, 4, -1), *[4] * 10]
