"""Reads from the rows what `status` derives a state from."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Count, Exists, Max, Min, OuterRef

from integrations import held, purge, standstill, status
from integrations.models import Connection, DeadLetter, Pending, PermissionCheck, StreamState, SyncState
from integrations.providers import provider_named
from integrations.sync import beat
from sonora.conversations.models import Conversation
from sonora.core import clock

SETTLED = 6  # seconds after its change from which on a read record has all of that second
# The permission that a stream needs, where the two are not called the same.
PERMISSION_OF = {"teammates": "admins", "teams": "admins", "deletions": "conversations"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A connection as the pages and the commands show it, read at `now` (Unix seconds).

    `synced_through` is the moment up to which every change is held, `complete_back_to` how far into the past closed
    conversations are held (None: all, or not known yet, as `backfill_done` tells).
    """

    connection: Connection
    state: SyncState
    now: int
    counts: dict[str, int]
    streams: dict[str, StreamState]
    seen: status.Snapshot
    shown: status.Status
    freshness: status.Freshness
    synced_through: int | None
    complete_back_to: int | None
    backfill_done: bool
    standstill_since: int | None
    pending: int
    unreadable: dict[str, int]  # stream → dead letters

    @property
    def lag(self) -> int | None:
        """Seconds between now and the moment up to which everything is held."""
        return None if self.synced_through is None else max(0, self.now - self.synced_through)


def read(connection: Connection) -> Reading:
    """Everything that is shown of *connection*, with one small query a kind."""
    state = SyncState.objects.get(connection=connection)
    now, counts = clock.now(), held.counts(connection)
    streams = {one.stream: one for one in StreamState.objects.filter(connection=connection)}
    unreadable = _unreadable(connection)
    seen = _snapshot(connection, state, counts, streams, unreadable=unreadable)
    return Reading(
        connection=connection,
        state=state,
        now=now,
        counts=counts,
        streams=streams,
        seen=seen,
        shown=status.derive(seen, now=now, zone=zone_of(connection)),
        freshness=status.freshness(seen, now=now),
        synced_through=_synced_through(connection, state),
        complete_back_to=_complete_back_to(connection, state),
        backfill_done=state.initial_done_at is not None and state.closed_done,
        standstill_since=standstill.since(seen, now=now),
        pending=Pending.objects.filter(connection=connection).count(),
        unreadable=unreadable,
    )


def glance(connection: Connection) -> status.Status:
    """The state of *connection* by its own rows alone, without counting anything: for a line on every page."""
    state = connection.state
    seen = _snapshot(connection, state, {"conversations": 1}, {}, glancing=True)
    return status.derive(seen, now=clock.now(), zone=zone_of(connection))


def zone_of(connection: Connection) -> Any:
    """The time zone of the provider's workspace; UTC when it told none that is known."""
    try:
        return ZoneInfo(connection.app_time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _snapshot(
    connection: Connection,
    state: SyncState,
    counts: dict[str, int],
    streams: dict[str, StreamState],
    *,
    unreadable: dict[str, int] | None = None,
    glancing: bool = False,
) -> status.Snapshot:
    provider = provider_named(connection.provider)
    off = {} if glancing else _off(connection, streams)
    return status.Snapshot(
        setup=connection.setup,
        run=connection.run,
        provider=provider.title,
        app_name=connection.app_name,
        region=connection.region,
        address_region=provider.region_of(connection.base_url),
        run_until=connection.run_until,
        interval=connection.interval,
        changed_at=connection.status_changed_at,
        changed_by=connection.status_changed_by,
        last_error=connection.last_error,
        initial_done=state.initial_done_at is not None,
        first_started=state.backfill_start is not None,
        conversations=counts["conversations"],
        conversations_said=None if glancing else _expected(connection, state, counts["conversations"], streams),
        missing=tuple(name for name, why in off.items() if why == "missing"),
        plan=tuple(name for name, why in off.items() if why == "plan"),
        unreadable=sum((unreadable or {}).values()),
        unreadable_are=_called(unreadable or {}),
        last_finished=state.last_run_finished_at,
        last_progress=state.last_progress_at,
        next_due=state.next_due,
        next_run=state.run_due or state.next_due,
        deleted_percent=purge.percent(connection) if connection.setup == Connection.Setup.DELETING else 0,
        failing_since=connection.failing_since,
        dispatched_at=state.dispatched_at,
        lease_until=state.lease_until,
        silent_since=beat.silent_since(),
    )


def _expected(connection: Connection, state: SyncState, here: int, streams: dict[str, StreamState]) -> int | None:
    """About how many conversations there will be: what the provider counted in the part of the past that is wanted."""
    counted = "open" if connection.lookback_days == 0 else "closed"
    row = streams.get(counted) or streams.get("conversations" if connection.lookback_days is None else counted)
    if row is not None and row.said is not None and row.said >= here and not state.closed_done:
        return row.said
    if state.open_done and state.closed_done:  # everything is found, what is pending is still to be read
        return here + Pending.objects.filter(connection=connection).count()
    return None


def _off(connection: Connection, streams: dict[str, StreamState]) -> dict[str, str]:
    """By permission, why it cannot be read: what the last check found, and what the sync has met since."""
    checks = PermissionCheck.objects.filter(connection=connection, verdict__in=("missing", "plan"))
    off = {check.permission: check.verdict for check in checks.order_by("permission")}
    for name, stream in sorted(streams.items()):
        if stream.off_reason:
            off[PERMISSION_OF.get(name, name)] = stream.off_reason
    return off


def _unreadable(connection: Connection) -> dict[str, int]:
    letters = DeadLetter.objects.filter(connection=connection).order_by("stream")
    return dict(letters.values_list("stream").annotate(Count("pk")))


def _called(unreadable: dict[str, int]) -> str:
    """What cannot be read, in both forms of its noun."""
    nouns = {"contacts": "person,people", "companies": "company,companies"}
    only = next(iter(unreadable), "")
    return nouns.get(only, only.removesuffix("s")) if len(unreadable) == 1 else "object"


def _synced_through(connection: Connection, state: SyncState) -> int | None:
    """The watermark, or the oldest change that was seen and is not held. Known once the first sync is complete.

    What is only asked for again (by a sweep, or because somebody pressed Retry) stands for no change that was seen.
    """
    if state.initial_done_at is None or state.watermark is None:
        return None
    held_so = Conversation.objects.filter(
        connection_id=OuterRef("connection_id"),
        external_id=OuterRef("external_id"),
        updated_at__gte=OuterRef("seen_updated_at"),
        fetched_at__gt=OuterRef("seen_updated_at") + SETTLED,
    )
    unread = Pending.objects.filter(~Exists(held_so), connection=connection, seen_updated_at__gt=0)
    oldest: int | None = unread.aggregate(oldest=Min("seen_updated_at"))["oldest"]
    return state.watermark if oldest is None else min(state.watermark, oldest)


def _complete_back_to(connection: Connection, state: SyncState) -> int | None:
    """Closed conversations are held back to here; what was found but not read yet counts as missing."""
    if state.closed_done:
        return state.closed_edge
    if state.closed_frontier is None or state.backfill_start is None:
        return None
    unread = Pending.objects.filter(connection=connection, seen_updated_at__lte=state.backfill_start)
    newest: int | None = unread.aggregate(newest=Max("seen_updated_at"))["newest"]
    return state.closed_frontier if newest is None else max(state.closed_frontier, newest)
