"""A simulation that finds nothing proves nothing: with one thing wrong in the engine it must find a loss.

By a script, in the one circumstance that brings the fault out, where the engine as it is loses nothing; and by chance,
in lives like those of the simulation. Without sweeps before the end, since those mend what a run missed.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulation import mutants, scripts
from tests.simulation.life import A_DAY, Life
from tests.simulation.mutants import Mutant

pytestmark = [pytest.mark.simulation, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("mutant", "script"),
    [
        (mutants.the_newest_change_is_the_watermark, scripts.a_newer_change_is_shown_first),
        (mutants.no_overlap, scripts.a_change_is_shown_late),
        (mutants.the_end_of_the_run_is_the_watermark, scripts.a_change_comes_at_the_beginning_of_a_long_run),
        (mutants.pages_of_one_open_window, scripts.a_page_moves_under_the_walk),
        (mutants.no_fence, scripts.a_sleeper_wakes_up_with_an_old_version),
        (mutants.neither_fence_nor_version, scripts.a_sleeper_wakes_up_with_an_old_version),
        (mutants.what_was_seen_in_its_second_is_settled, scripts.it_changes_again_in_the_second_in_which_it_is_read),
        (mutants.checkpoint_before_the_data, scripts.a_worker_dies_soon_after_the_search),
        (mutants.what_the_reconciliation_does_not_see_is_deleted, scripts.the_search_does_not_show_what_is_new),
        (mutants.no_tail, scripts.one_conversation_never_rests),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_script_finds_the_mistake_and_finds_none_where_none_is(
    mutant: Mutant, script: Callable[[Mutant], list[str]]
) -> None:
    assert script(mutants.nothing) == []
    assert script(mutant)


ENOUGH = 30  # seeds; each is found well before


@pytest.mark.parametrize(
    ("mutant", "first", "circumstances"),
    [
        (mutants.no_overlap, 0, {}),
        (mutants.the_newest_change_is_the_watermark, 4, {}),
        (mutants.what_was_seen_in_its_second_is_settled, 4, {"twists": {"rush": 0.2}}),
        (
            mutants.what_the_reconciliation_does_not_see_is_deleted,
            0,
            {"sweeps": True, "twists": {"behind": 0.5, "lag": 0, "replica": 500}, "gaps": [8 * A_DAY]},
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_chance_finds_it_too(mutant: Mutant, first: int, circumstances: dict[str, Any]) -> None:
    """From the seed *first* on, which found it when this was written; others follow should lives have changed."""
    assert any(_loses(mutant, seed, circumstances) for seed in range(first, first + ENOUGH))


def _loses(mutant: Mutant, seed: int, circumstances: dict[str, Any]) -> bool:
    life = Life(seed, mutant=mutant, **{"sweeps": False, "acts": 0.0, **circumstances})
    with life.born():
        return bool(life.be_busy(cycles=4))
