"""A simulation that finds nothing proves nothing: with one thing wrong in the engine it must find a loss.

Without the sweeps before the end, since those mend what a run missed, and in circumstances that bring the fault out.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulation import mutants
from tests.simulation.life import A_DAY, Life

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]
ENOUGH = 30  # seeds; each mutant is found well before
# Rows that move to the end of a search as they change, and enough of them for several pages.
SHIFTING = {"twists": {"order": "oldest", "lag": 0}, "conversations": 60, "kills": 0.0, "zombies": 0.0}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def is_caught(mutant: mutants.Mutant, **circumstances: Any) -> bool:
    return any(_loses(mutant, seed, circumstances) for seed in range(ENOUGH))


def _loses(mutant: mutants.Mutant, seed: int, circumstances: dict[str, Any]) -> bool:
    life = Life(seed, mutant=mutant, **{"sweeps": False, "acts": 0.0, **circumstances})
    with life.born():
        return bool(life.be_busy(cycles=4))


@pytest.mark.parametrize(
    ("mutant", "circumstances"),
    [
        (mutants.no_overlap, {}),
        (mutants.the_newest_change_is_the_watermark, {}),
        (mutants.what_was_seen_in_its_second_is_settled, {"twists": {"rush": 0.2}}),
        (mutants.pages_of_one_open_window, SHIFTING),
        (
            mutants.what_the_reconciliation_does_not_see_is_deleted,
            {"sweeps": True, "twists": {"behind": 0.5, "lag": 0, "replica": 500}, "gaps": [8 * A_DAY]},
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_mutant_is_caught(mutant: mutants.Mutant, circumstances: dict[str, Any]) -> None:
    assert is_caught(mutant, **circumstances)


@pytest.mark.parametrize("circumstances", [{}, SHIFTING], ids=["usual", "shifting"])
def test_nothing_is_caught_where_nothing_is_wrong(circumstances: dict[str, Any]) -> None:
    for seed in range(2):
        assert not _loses(mutants.nothing, seed, circumstances)


TWO_INTERVALS = 2 * 900 + 120  # a run takes its time


def age_in_a_hot_life(mutant: mutants.Mutant) -> int:
    life = Life(3, kills=0.0, zombies=0.0, hot=True, sweeps=False, acts=0.0, mutant=mutant)
    with life.born():
        for _ in range(4):
            life.cycle()
        return life.age_of_the_hottest()


def test_a_conversation_that_never_rests_is_seen_within_two_intervals() -> None:
    assert age_in_a_hot_life(mutants.nothing) <= TWO_INTERVALS


def test_without_the_tail_it_is_not() -> None:
    assert age_in_a_hot_life(mutants.no_tail) > TWO_INTERVALS
