"""Lives whose events are written down instead of drawn: the one circumstance that each mistake of a sync needs.

Each takes what is wrong with the engine, and returns what was wrong in the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tests.simulation import compare, mutants
from tests.simulation.clockwork import by_the_second
from tests.simulation.life import A_DAY, INTERVAL, Life
from tests.simulation.mutants import Mutant
from tests.simulation.worker import Killed

STILL: dict[str, Any] = {
    "weights": {"nothing": 1},
    "troubles": 0.0,
    "dateless": 0.0,
    "behind": 0.0,
    "rush": 0.0,
    "stale": 0,
    "lag": 0,
    "order": "oldest",
}
FIVE_MINUTES = 300
LATE = 400  # seconds that the search shows a change late, less than the overlap


def a_change_is_shown_late(mutant: Mutant) -> list[str]:
    with calm_life(mutant) as life:
        one, *_ = _names(life)
        life.wait()
        life.intercom.change([one], lag=LATE)
        life.intercom.now += 20
        life.work()
        return in_the_end(life)


def a_newer_change_is_shown_first(mutant: Mutant) -> list[str]:
    with calm_life(mutant) as life:
        older, newer, *_ = _names(life)
        life.wait()
        life.intercom.change([older], lag=LATE)
        life.intercom.now += 20
        life.intercom.change([newer])
        life.intercom.now += 20
        life.work()
        return in_the_end(life)


def a_change_comes_at_the_beginning_of_a_long_run(mutant: Mutant) -> list[str]:
    """After the tail was read, and longer before the run's end than the overlap."""
    with calm_life(mutant) as life:
        one, *others = _names(life)

        def change_and_be_slow() -> None:
            life.intercom.change([one])
            life.intercom.slow = 30

        change_one_by_one(life, others)
        life.wait()
        life.script = [("conversation", change_and_be_slow)]
        life.work()
        life.intercom.slow = 0
        return in_the_end(life)


def a_page_moves_under_the_walk(mutant: Mutant) -> list[str]:
    """Between the first page and the second, the first row becomes the last."""
    with calm_life(mutant) as life:
        names = _names(life)
        change_one_by_one(life, names)
        life.wait()
        life.script = [("search", bool), ("search", lambda: life.intercom.change(names[:1]))]
        life.work()
        return in_the_end(life)


def it_changes_again_in_the_second_in_which_it_is_read(mutant: Mutant) -> list[str]:
    with calm_life(mutant) as life:
        life.wait()
        life.intercom.change(_names(life))
        life.intercom.rush = 1.0
        life.work()
        life.intercom.rush = 0.0
        return in_the_end(life)


def a_worker_dies_soon_after_the_search(mutant: Mutant) -> list[str]:
    """At each of the statements about the end of the first transaction that follows it."""
    return next(filter(None, (_a_death(mutant, steps) for steps in range(6, 12))), [])


def _a_death(mutant: Mutant, steps: int) -> list[str]:
    with calm_life(mutant) as life:
        life.intercom.change(_names(life)[:1])
        life.wait()
        life.script = [("search", lambda: life.fate.die(steps))]
        life.work()
        assert life.fate.killed == 1
        return in_the_end(life)


def a_sleeper_wakes_up_with_an_old_version(mutant: Mutant) -> list[str]:
    """It was read before the worker fell asleep, changed then, and others have stored the newer version since.

    The sleeper writes what it has and dies as it goes on.
    """
    with calm_life(mutant) as life:
        one, *_ = _names(life)
        woke_up_to: dict[str, Any] = {}

        def fall_asleep() -> None:
            life.fate.sleep = 1.0

        def others_go_on() -> None:
            life.fate.sleep = 0.0
            life.intercom.change([one])
            for _ in range(3):
                life.cycle()
            woke_up_to.update(_everything(life))
            life.script = [("deletions", life.fate.die)]

        life.fate.meanwhile = others_go_on
        life.intercom.change([one])
        life.wait()
        life.script = [("conversation", fall_asleep)]
        with suppress(Killed):
            life.slice()
        assert life.fate.awoken == 1
        life.script.clear()
        written = [] if _everything(life) == woke_up_to else ["the sleeper wrote"]
        return written + in_the_end(life)


def the_search_does_not_show_what_is_new(mutant: Mutant) -> list[str]:
    """A run has read it; the searches of the sweeps are answered by a replica that does not know it yet."""
    with calm_life(mutant, replica=500, sweeps=True) as life:

        def be_behind() -> None:
            life.intercom.behind = 1.0

        life.wait(8 * A_DAY)
        life.script = [("deletions", life.intercom.write), ("conversation", be_behind)]
        life.work()
        life.intercom.behind = 0.0
        return in_the_end(life)


def one_conversation_never_rests(mutant: Mutant) -> list[str]:
    """For an hour it changes each second and before each request, so that it is always newer than the window."""
    with calm_life(mutant, conversations=4, interval=FIVE_MINUTES) as life:
        life.hot = True
        ages: list[int] = []
        for _ in by_the_second(life, 3_600):
            life.intercom.touch(life.hottest)
            ages.append(life.age_of_the_hottest())
        oldest = max(ages[2 * FIVE_MINUTES :])
        return [f"the version held was {oldest} s old"] if oldest > 2 * FIVE_MINUTES else []


@contextmanager
def calm_life(
    mutant: Mutant = mutants.nothing,
    *,
    conversations: int = 24,
    interval: int = INTERVAL,
    sweeps: bool = False,
    **twists: Any,
) -> Iterator[Life]:
    """A life in which nothing happens by chance, after its first sync."""
    chances: dict[str, Any] = {"kills": 0.0, "zombies": 0.0, "acts": 0.0}
    given: dict[str, Any] = {"conversations": conversations, "interval": interval, "sweeps": sweeps}
    life = Life(1, **chances, **given, twists={**STILL, **twists}, mutant=mutant)
    with life.born():
        life.work()
        yield life


def change_one_by_one(life: Life, external_ids: list[str], *, apart: int = 1) -> None:
    """Each of *external_ids* changes, so many seconds after the one before."""
    for one in external_ids:
        life.intercom.now += apart
        life.intercom.change([one])


def in_the_end(life: Life) -> list[str]:
    """What is wrong after two quiet runs."""
    return life.be_busy(cycles=0)


def _everything(life: Life) -> dict[str, Any]:
    """All that is kept, but for what the connection is charged with: a sleeper's requests were made."""
    rows = compare.everything(life.connection)
    return rows | {"SyncState": [{**row, "vtime": None} for row in rows["SyncState"]]}


def _names(life: Life) -> list[str]:
    return sorted(life.intercom.live())
