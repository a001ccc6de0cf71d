"""The limit is kept before it is reached, by all who share it, whoever else uses it. The clock is a fake one."""

import asyncio
from random import Random

import pytest

from integrations.errors import ProviderUnavailable
from integrations.records import Answer
from integrations.sync.budget import Budget, Terms
from integrations.sync.budget.here import Here, Windows
from tests.sync.fake_intercom import Intercom, run, work

WORKERS = 8


def share_it(intercom: Intercom, terms: Terms, *, seconds: float = 45, at_once: int = 8, away: float = 0.0) -> None:
    """Eight workers that have more to ask than they may. *away*: how often no connection can be made, 0 … 1."""

    async def ask() -> Answer[str]:
        if intercom.random.random() < away:
            raise ProviderUnavailable(code="connect")
        return await intercom.answer()

    async def workers() -> None:
        windows = Windows(asyncio.get_running_loop().time)
        budgets = [Budget(Here("app", terms, windows)) for _ in range(WORKERS)]
        await asyncio.gather(*(work(one, ask, seconds=seconds, at_once=at_once) for one in budgets))

    run(workers())


@pytest.mark.parametrize("ahead", [0.0, 3.7, 86_400.4])
@pytest.mark.parametrize("limit", [10, 83, 500])
def test_nobody_is_refused_and_nothing_of_the_limit_is_left_while_there_is_work(limit: int, ahead: float) -> None:
    intercom = Intercom(limit=limit, ahead=ahead)
    share_it(intercom, Terms(share=1.0))
    assert intercom.refused == []
    assert min(intercom.full_windows()) >= 0.95 * limit


def test_the_documented_limit_is_used_up_at_100_ms() -> None:
    intercom = Intercom(limit=1_667, latency=0.1, ahead=0.5)
    share_it(intercom, Terms(share=1.0), seconds=30, at_once=4)
    assert intercom.refused == []
    assert min(intercom.full_windows()) >= 0.95 * 1_667


def test_whatever_the_workspace_and_the_line_are_like_nobody_is_refused_without_a_neighbour() -> None:
    for seed in range(6):
        random = Random(seed)
        intercom = Intercom(
            limit=random.choice([10, 40, 167]),
            latency=random.choice([0.02, 0.3, 1.5]),
            ahead=random.uniform(0, 100_000),
            random=random,
        )
        share_it(intercom, Terms(share=random.choice([0.5, 0.8, 1.0]), paced=seed % 2 == 0), seconds=25)
        assert intercom.refused == [], f"seed {seed}"


@pytest.mark.parametrize("at_once", [True, False])
def test_what_is_left_by_a_neighbour_is_shared_without_a_refusal(at_once: bool) -> None:
    intercom = Intercom(limit=400, others=lambda since: 60 if at_once else int(6 * since))
    share_it(intercom, Terms(share=0.8))
    assert intercom.refused == []
    assert min(intercom.full_windows()) >= 0.6 * 400
    assert max(intercom.full_windows()) <= 0.8 * 400


def test_the_background_takes_its_share_and_takes_it_evenly() -> None:
    intercom = Intercom(limit=400)
    share_it(intercom, Terms(share=0.5, paced=True))
    assert min(intercom.full_windows()) >= 0.45 * 400
    assert max(intercom.full_windows()) <= 0.5 * 400
    seconds = [sum(second <= at < second + 1 for at in intercom.asked) for second in range(1_011, 1_039)]
    assert max(seconds) <= (0.1 + 0.25) * 0.5 * 400  # its rate, and a burst


def test_a_customer_whose_other_tools_use_nearly_everything_is_still_synced() -> None:
    intercom = Intercom(limit=400, others=lambda _: int(0.83 * 400))
    share_it(intercom, Terms(share=0.5))
    assert intercom.refused == []
    assert min(intercom.full_windows()) >= 0.05 * 400


def test_the_last_tenth_is_left_to_the_other_tools() -> None:
    intercom = Intercom(limit=400, others=lambda _: int(0.92 * 400))
    share_it(intercom, Terms(share=0.5))
    assert intercom.refused == []
    assert max(intercom.full_windows()) <= 0.05 * 400  # before an answer has told


def test_after_a_429_nobody_asks_before_the_time_it_names() -> None:
    intercom = Intercom(limit=1_000, others=lambda since: 1_000 if since > 3 else 0)
    share_it(intercom, Terms(share=0.8), seconds=30, at_once=2)
    assert intercom.refused
    for refused in intercom.refused:
        window_ends = (refused // 10 + 1) * 10
        known = refused + 2 * intercom.latency  # its answer takes a while, and so does what was sent before it came
        assert [at for at in intercom.asked if known < at < window_ends] == []
