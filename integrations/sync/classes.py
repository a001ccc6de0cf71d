"""What kind of work a slice is: how much of Intercom's limit it may take, and how it is charged for its requests.

The order is that of urgency. Somebody watches a first screen, a first sync and "Sync now": they may spend the share of
a window at once. What nobody waits for goes out evenly, and is charged more for the same.
"""

from enum import IntEnum

from django.conf import settings

from integrations.models import SyncState
from integrations.sync.budget import Terms
from integrations.sync.sweeps import schedule

URGENT_SHARE, BACKGROUND_SHARE = 0.8, 0.5  # of Intercom's limit


class SliceClass(IntEnum):
    """Kept in `SyncState.slice_class`; the numbers stand for good."""

    FIRST_SCREEN = 0
    FIRST_SYNC = 1
    NOW = 2
    INCREMENTAL = 3
    BACKFILL = 4  # after the lookback was widened
    SWEEP = 5  # what is read again besides the runs

    @property
    def weight(self) -> int:
        """Requests that are charged as one."""
        return {self.INCREMENTAL: 4, self.BACKFILL: 2, self.SWEEP: 1}.get(self, 8)

    @property
    def is_urgent(self) -> bool:
        """Whether somebody watches."""
        return self <= SliceClass.NOW


# The work that goes on for hours; one place is always kept free of it.
LONG = (SliceClass.FIRST_SYNC, SliceClass.BACKFILL, SliceClass.SWEEP)


def of(state: SyncState, *, at: int) -> SliceClass:
    """What the next slice of this connection will be, if it begins *at* (Unix seconds, database clock)."""
    if state.initial_done_at is None:
        return SliceClass.FIRST_SCREEN if state.first_screen_at is None else SliceClass.FIRST_SYNC
    if state.now_requested_at or state.now_requested_by:
        return SliceClass.NOW
    if not (state.open_done and state.closed_done):
        return SliceClass.BACKFILL
    return SliceClass.SWEEP if _rests(state, at) and _is_swept(state, at) else SliceClass.INCREMENTAL


def _rests(state: SyncState, at: int) -> bool:
    """Whether no run is open or due."""
    return state.run_id is None and state.run_due is not None and state.run_due > at


def _is_swept(state: SyncState, at: int) -> bool:
    due = schedule.next_due(state)
    return bool(state.sweep) or (due is not None and due <= at)


def terms(kind: SliceClass) -> Terms:
    """The share of Intercom's limit for this kind of work; INTERCOM_BUDGET_SHARE, when set, is that of every kind."""
    share = settings.INTERCOM_BUDGET_SHARE or (URGENT_SHARE if kind.is_urgent else BACKGROUND_SHARE)
    return Terms(share=share, paced=not kind.is_urgent)
