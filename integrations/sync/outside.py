"""How many closed conversations lie before the lookback: what the ledger's two columns differ by on purpose."""

from integrations.errors import PermissionMissing, RequestRefused, SpanUnreadable
from integrations.models import SyncRun, SyncState
from integrations.providers import Range
from integrations.sync import spans, streams
from integrations.sync.runs import OVERLAP
from integrations.sync.slice import Slice
from sonora.core import clock

EVERY = 86_400  # seconds between two counts under one lookback


def stream_of(state: SyncState) -> str:
    """The name that the count is kept under, which holds the moment it was made for; "" when all are wanted."""
    edge = edge_of(state)
    return "" if edge is None else f"before:{edge}"


def edge_of(state: SyncState) -> int | None:
    """What closed before this moment is not wanted; None: all are, or the first sync has not found out yet.

    The first run looks back by the overlap whatever the lookback, so that much is held in any case.
    """
    if state.closed_edge is None or not state.closed_done or state.backfill_start is None:
        return None
    return min(state.closed_edge, state.backfill_start - OVERLAP)


def read(work: Slice) -> None:
    """Count them, in two requests of one row each (the second only if any is old), unless that was done lately."""
    edge = edge_of(work.state)
    if edge is None or not _is_due(work):
        return
    before = Range(field="updated_at", lo=None, hi=edge - 1)
    try:
        total = spans.counted(work, before)
        open_ones = _open_before(work, edge) if total else 0
    except (PermissionMissing, RequestRefused, SpanUnreadable):
        return  # the ledger says that nobody counted them
    if total is None or open_ones is None:
        return
    with work.commit():
        work.connection.streams.filter(stream__startswith="before:").delete()
        streams.said(work, stream_of(work.state), max(0, total - open_ones))


def _is_due(work: Slice) -> bool:
    """Once a day; a run that somebody waits for leaves an older count as it is."""
    counted = work.connection.streams.filter(stream=stream_of(work.state)).values_list("said_at", flat=True).first()
    if counted is None or counted > clock.now() - EVERY:
        return counted is None
    run = work.state.run_id
    return run is None or not SyncRun.objects.filter(pk=run, kind=SyncRun.Kind.MANUAL).exists()


def _open_before(work: Slice, edge: int) -> int | None:
    before = Range(field="updated_at", lo=None, hi=edge - 1, only_open=True)
    return spans.counted(work, before)
