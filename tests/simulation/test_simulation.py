"""Whatever Intercom does, whenever the worker dies or sleeps, and whatever people do meanwhile: nothing is lost."""

from collections.abc import Callable

import pytest

from tests.simulation import compare, seeds
from tests.simulation.life import Life, tally_of

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]
PARTS = 2  # one for each core
LEAST, LEAST_LONG = 100, 500  # lives, of all parts together
SECONDS = 75.0


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_or_wrongly_deleted_and_everything_converges(
    part: int, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    base = seeds.of_today()
    least = LEAST_LONG if request.config.getoption("--long") else LEAST
    tally = tally_of(seeds.share(base, part=part, parts=PARTS, lives=-(-least // PARTS), seconds=SECONDS))
    record_property("says", f"{tally}; seeds from {base + part}, every {PARTS}nd")
    assert not tally.wrong, "repeat one with bin/simulate --seed: " + "\n".join(tally.wrong)


def test_one_seed_twice_gives_the_same_database() -> None:
    first, second = (_everything(seed=26) for _ in range(2))
    assert first == second


def _everything(seed: int) -> object:
    life = Life(seed)
    with life.born():
        life.be_busy(cycles=5)
        return compare.everything(life.connection), life.fate.steps, life.fate.killed
