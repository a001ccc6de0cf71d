"""What it costs when a worker ends in the middle of a run: at each question and at each transaction."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from tests.simulation import scripts
from tests.simulation.life import A_DAY, IN_FLIGHT
from tests.simulation.source import PAGE
from tests.simulation.worker import Fate

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Lived:
    """A run: at which steps it asked or began a transaction, what it asked, and what was wrong in the end."""

    milestones: list[int]
    asked: Counter[str]
    problems: list[str]


def run(happen: Callable[[Fate], None] = lambda _: None) -> Lived:
    """The first run of a day, to whose worker something is to *happen*, and the slices that go on from there.

    What changed fits into one answer of the search.
    """
    with scripts.calm_life(conversations=PAGE) as life:
        scripts.change_one_by_one(life, sorted(life.intercom.live()), apart=60)
        life.wait(A_DAY + 60)
        begun, asked = life.fate.steps, life.intercom.asked.copy()
        happen(life.fate)
        with suppress(SoftTimeLimitExceeded):
            life.work()
        life.work()
        milestones = [one - begun for one in life.fate.milestones if one > begun]
        return Lived(milestones, life.intercom.asked - asked, scripts.in_the_end(life))


def test_a_kill_anywhere_repeats_one_search_and_what_was_under_way_and_loses_nothing() -> None:
    whole = run()
    assert len(whole.milestones) > 35
    for step in whole.milestones:
        lived = run(lambda fate: fate.die(step))  # noqa: B023 - called at once
        assert lived.problems == []
        repeated = lived.asked - whole.asked
        assert repeated["search"] <= 1
        assert repeated.total() <= 1 + IN_FLIGHT


def test_the_time_limit_of_a_task_strikes_anywhere_also_within_a_transaction_and_loses_nothing() -> None:
    for step in run().milestones[:-3:3]:
        assert run(lambda fate: fate.strike(step + 2)).problems == []  # noqa: B023 - called at once
