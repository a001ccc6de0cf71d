"""The first sync: everything open, then what was closed, newest first, back to the edge of the lookback.

Incremental runs begin at once beside it, from the same server time T0. So a conversation that moves while this reads
is not lost between two windows: it moves beyond T0, where the runs see it.
"""

from integrations.sync import dead, gaps, pending, streams
from integrations.sync.slice import Slice

A_DAY = 86_400
OPEN, CLOSED = "open", "closed"  # what Intercom counts of each when the first sync begins, for the progress


def open_is_left(work: Slice) -> bool:
    return work.state.backfill_start is not None and not work.state.open_done


def closed_is_left(work: Slice) -> bool:
    return work.state.backfill_start is not None and not work.state.closed_done


def read_on(work: Slice) -> None:
    """One window of what is open, or else of what is closed, if any is left."""
    if open_is_left(work):
        read_open(work)
    elif closed_is_left(work):
        read_closed(work)


def read_open(work: Slice) -> None:
    """One window of what is open or snoozed, by the time of creation, which cannot move; the last has no lower end."""
    start = work.state.backfill_start
    assert start is not None  # noqa: S101 - open_is_left() said so
    frontier = work.state.open_frontier if work.state.open_frontier is not None else start + A_DAY
    found, left = gaps.downwards(work, "created_at", frontier=frontier, edge=None, only_open=True)
    is_first = work.state.open_frontier is None
    with work.commit(
        open_frontier=frontier if found.lo is None else found.lo - 1,
        open_done=found.lo is None,
        gaps=[*work.state.gaps, *left],
    ):
        streams.said(work, OPEN, found.told if is_first else None)
        pending.note(work, found.rows, target=start, priority=pending.OPEN)
        dead.keep(work, "conversations", found.unreadable)


def read_closed(work: Slice) -> None:
    """One window of all that changed last between the frontier and the edge of the lookback."""
    start, days = work.state.backfill_start, work.connection.lookback_days
    assert start is not None  # noqa: S101 - closed_is_left() said so
    edge = None if days is None else start - days * A_DAY
    if days == 0:
        with work.commit(closed_done=True, closed_edge=edge):
            return
    frontier = work.state.closed_frontier if work.state.closed_frontier is not None else start
    found, left = gaps.downwards(work, "updated_at", frontier=frontier, edge=edge, only_open=False)
    is_first = work.state.closed_frontier is None
    done = found.lo is None or found.lo == edge
    with work.commit(
        closed_frontier=found.lo - 1 if found.lo is not None else frontier,
        closed_done=done,
        closed_edge=edge,
        gaps=[*work.state.gaps, *left],
    ):
        streams.said(work, CLOSED, found.told if is_first else None)
        pending.note(work, found.rows, target=start, priority=pending.CLOSED)
        dead.keep(work, "conversations", found.unreadable)
