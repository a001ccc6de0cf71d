"""What no search of the first sync tells: all that is older is read all the same, and it is asked for again.

Each later run asks once more. Where that is in vain the reconciliation is due at once, which finds what lies there too:
it goes by the time of creation. So what it went through completely is no gap any more.
"""

from collections.abc import Sequence
from typing import TypedDict

from integrations.errors import SpanUnreadable
from integrations.providers import Range, TimeField
from integrations.sync import dead, pending, search
from integrations.sync.search import Found
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule
from sonora.core import clock

MOST = 20
IN_A_ROW = 3  # seconds: one that fails may take its neighbours along, since a search may give these as well
PRIORITY = {"open": pending.OPEN, "closed": pending.CLOSED}


class Gap(TypedDict):
    """Times of *field* from *lo* (None: the beginning) to *hi* (Unix seconds, both included) among what is *set*.

    `set` is open or closed, `noted_at` by the database's clock, `run` the last run that asked for it.
    """

    set: str
    field: TimeField
    lo: int | None
    hi: int
    noted_at: int
    run: int | None


def downwards(
    work: Slice, field: TimeField, *, frontier: int, edge: int | None, only_open: bool
) -> tuple[Found, list[Gap]]:
    """The next window down, as `search.downwards`; a second that no search tells is a gap, and a window without rows.

    Raises SpanUnreadable after some such seconds in a row, or too many: then no single second is to blame.
    """
    try:
        return search.downwards(work, field, frontier=frontier, edge=edge, only_open=only_open), []
    except SpanUnreadable as error:
        gap = _gap(work, field, error, only_open=only_open)
        if work.is_narrowing or _is_one_of_many(work, gap):
            raise
        work.issue(f"{error.user_message} All that is older is read meanwhile.")
        return Found(gap["lo"], gap["hi"], ()), [gap]


def _gap(work: Slice, field: TimeField, error: SpanUnreadable, *, only_open: bool) -> Gap:
    which = "open" if only_open else "closed"
    assert error.hi is not None  # noqa: S101 - a window down from a frontier ends there
    return Gap(set=which, field=field, lo=error.lo, hi=error.hi, noted_at=clock.now(), run=work.state.run_id)


def _is_one_of_many(work: Slice, gap: Gap) -> bool:
    """Whether the seconds right after *gap* could not be told either."""
    near = range(gap["hi"] + 1, gap["hi"] + 1 + IN_A_ROW)
    others = [one for one in work.state.gaps if one["set"] == gap["set"] and one["lo"] in near]
    return len(others) >= IN_A_ROW or len(work.state.gaps) >= MOST


def is_due(work: Slice) -> bool:
    """Whether the open run has not asked for every gap."""
    return work.state.run_id is not None and any(gap["run"] != work.state.run_id for gap in work.state.gaps)


def read(work: Slice) -> None:
    """Ask again for one gap. Where it still cannot be told it stays one, and the reconciliation is due."""
    gap = next(gap for gap in work.state.gaps if gap["run"] != work.state.run_id)
    others = [one for one in work.state.gaps if one is not gap]
    if _is_unwanted(work, gap):
        with work.commit(gaps=others):
            return
    within = Range(field=gap["field"], lo=gap["lo"], hi=gap["hi"], only_open=gap["set"] == "open")
    try:
        found = search.exactly(work, within)
    except SpanUnreadable as error:
        work.issue(error.user_message)
        asked = {**gap, "run": work.state.run_id}
        with work.commit(gaps=[*others, asked], swept=schedule.at_once(work.state, "all")):
            return
    with work.commit(gaps=others):
        pending.note(work, found.rows, target=work.state.backfill_start or 0, priority=PRIORITY[gap["set"]])
        dead.keep(work, "conversations", found.unreadable)


def _is_unwanted(work: Slice, gap: Gap) -> bool:
    """Whether the lookback was made shorter meanwhile, so that it lies before it."""
    edge = work.state.closed_edge
    return gap["set"] == "closed" and edge is not None and gap["hi"] < edge


def younger(gaps: Sequence[Gap], begun: int) -> list[Gap]:
    """Of *gaps*, those that a reconciliation which began then (database clock) has not gone through."""
    return [gap for gap in gaps if gap["noted_at"] >= begun]
