"""The wide passes: the search of a run once more, over a day each hour and over a week each day."""

from integrations.sync import dead, heads, lag, pending, search
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule

BACK = {"day": 86_400, "week": 7 * 86_400}  # seconds


def read(work: Slice) -> None:
    """One window of the open pass. What it finds that no run saw was shown too late by the search."""
    state = work.state
    target = state.sweep_target or 0
    frontier = state.sweep_frontier if state.sweep_frontier is not None else _start(work, target)
    found = search.upwards(work, "updated_at", frontier=min(frontier, target), end=target)
    over = found.hi >= target
    with work.commit(**(schedule.done(state) if over else {"sweep_frontier": found.hi + 1})):
        fresh = pending.note(work, found.rows, target=target, priority=pending.SWEPT)
        pending.ask(work, heads.differing(work, found.rows, target=target), priority=pending.SWEPT)
        lag.measure(work, fresh, shown_after=target)
        dead.keep(work, "conversations", found.unreadable)


def _start(work: Slice, target: int) -> int:
    """Never before the edge of the lookback: what lies behind it is not wanted."""
    start = target - BACK[work.state.sweep]
    return start if work.state.closed_edge is None else max(start, work.state.closed_edge)
