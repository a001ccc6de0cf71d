"""Whatever Intercom does and whenever the worker dies: nothing is lost, nothing is wrongly deleted."""

import pytest

from tests.simulation.run import Life

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]
SEEDS = 100


@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_two_quiet_cycles_everything_is_here_as_it_is_there(seed: int) -> None:
    life = Life(seed)
    life.live(cycles=3 + seed % 3)
    assert life.lost() == []


def test_one_seed_twice_gives_the_same_database() -> None:
    first, second = Life(7), Life(7)
    first.live(cycles=5)
    second.live(cycles=5)
    assert first.state() == second.state()
    assert first.killed == second.killed
