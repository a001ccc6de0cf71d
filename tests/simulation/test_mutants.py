"""A simulation that finds nothing proves nothing: with one thing wrong in the engine it must find a loss."""

import pytest

from tests.simulation import mutants
from tests.simulation.run import Life

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]
ENOUGH = 25  # seeds; each mutant below is found well before


def is_caught(mutant: mutants.Mutant, **circumstances: object) -> bool:
    return any(_loses(mutant, seed, circumstances) for seed in range(ENOUGH))


def _loses(mutant: mutants.Mutant, seed: int, circumstances: dict[str, object]) -> bool:
    life = Life(seed, **circumstances)  # type: ignore[arg-type]
    life.mutant = mutant
    life.live(cycles=4)
    return bool(life.lost())


def test_no_overlap_is_caught() -> None:
    assert any(_loses(mutants.nothing, seed, {"overlap": 0}) for seed in range(ENOUGH))


@pytest.mark.parametrize(
    ("mutant", "circumstances"),
    [
        (mutants.watermark_is_the_newest_change_seen, {"overlap": 0}),
        (mutants.checkpoint_before_the_data, {"kills": 0.1}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_mutant_is_caught(mutant: mutants.Mutant, circumstances: dict[str, object]) -> None:
    assert is_caught(mutant, **circumstances)


TWO_INTERVALS = 2 * 900 + 120  # a run takes its time


def hot_life(mutant: mutants.Mutant) -> Life:
    life = Life(3, kills=0.0, zombies=0.0, hot=True)
    life.mutant = mutant
    life.live(cycles=4)
    return life


def test_a_conversation_that_never_rests_is_seen_within_two_intervals() -> None:
    assert hot_life(mutants.nothing).age_of_the_hottest() <= TWO_INTERVALS


def test_without_the_tail_it_is_not() -> None:
    assert hot_life(mutants.no_tail).age_of_the_hottest() > TWO_INTERVALS
