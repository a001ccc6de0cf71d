"""Which sweep is due, where it begins and that it is done. One at a time, and only while no run is open."""

from typing import Any

from integrations.models import SyncState
from integrations.sync.slice import Slice
from sonora.core import clock

HOUR, A_DAY = 3_600, 86_400
EVERY = {  # seconds between two of a kind, the most urgent first
    "day": HOUR,  # what changed in the last day
    "open": 6 * HOUR,  # what is open there and what is open here
    "week": A_DAY,  # what changed in the last seven days
    "contacts": 7 * A_DAY,  # which contacts are there at all
    "all": 7 * A_DAY,  # which conversations are there at all
    "resync": 6 * HOUR,  # only when somebody asked for it, after all others; then at once
}
OLDEST = A_DAY  # a sweep that took longer is begun again: something may have gone from where it has been
AGAIN = 6 * HOUR  # seconds until one that had to be given up is tried again


def due(state: SyncState) -> str:
    """The sweep that is under way or due; "" when none is. The first sync counts as one of each."""
    if state.initial_done_at is None or state.watermark is None:
        return ""
    if state.sweep and state.sweep != "resync":
        return state.sweep
    now = clock.now()
    return next((name for name in _wanted(state) if _next(state, name) <= now), "")


def next_due(state: SyncState) -> int | None:
    """When a sweep is due next (database clock); None before the first sync is complete."""
    if state.initial_done_at is None or state.watermark is None:
        return None
    return clock.now() if state.sweep else min(_next(state, name) for name in _wanted(state))


def begin(work: Slice, name: str) -> None:
    """Open the sweep *name*, which reads up to the last run's time."""
    opened = {"sweep": name, "sweep_begun_at": clock.now(), "sweep_target": work.state.watermark}
    with work.commit(**{**_closed(), **opened}):
        pass


def at_once(state: SyncState, *names: str) -> dict[str, int]:
    """The column `swept` that makes the sweeps *names* due now."""
    return {**state.swept, **dict.fromkeys(names, 0)}


def is_stale(state: SyncState) -> bool:
    """Whether the open sweep began too long ago to be believed."""
    return (state.sweep_begun_at or 0) < clock.now() - OLDEST


def put_off(work: Slice) -> None:
    """Give the open sweep up for some hours: it cannot be done now."""
    name = work.state.sweep
    tried = clock.now() - EVERY[name] + min(AGAIN, EVERY[name])
    with work.commit(**_closed(), swept={**work.state.swept, name: tried}):
        pass


def done(state: SyncState) -> dict[str, Any]:
    """The columns that say that the open sweep is complete."""
    return {**_closed(), "swept": {**state.swept, state.sweep: clock.now()}}


def _closed() -> dict[str, Any]:
    return {
        "sweep": "",
        "sweep_begun_at": None,
        "sweep_target": None,
        "sweep_frontier": None,
        "sweep_cursor": "",
        "sweep_missing": [],
    }


def _wanted(state: SyncState) -> list[str]:
    return [name for name in EVERY if name != "resync" or "conversations" in state.resync_owed]


def _next(state: SyncState, name: str) -> int:
    last: int = state.swept.get(name, state.initial_done_at or 0)
    return last + EVERY[name] if last <= clock.now() else 0  # else our clock went back, and nobody knows when it was
