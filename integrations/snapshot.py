"""Reads from the rows what `status` derives a state from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict
from zoneinfo import ZoneInfo

from integrations import letters, parts, purge, standing, standstill, status, tally, waiting
from integrations.letters import Letter
from integrations.models import Connection, PermissionCheck, StreamState, SyncState
from integrations.parts import Parts
from integrations.providers import provider_named
from integrations.tally import Tally
from integrations.waiting import Waiting
from sonora.core import zones
from sonora.insights import progress
from sonora.insights.progress import Progress

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
    tally: dict[str, Tally]
    waiting: Waiting
    letters: Sequence[Letter]
    checks: Sequence[PermissionCheck]
    streams: dict[str, StreamState]
    analysis: Progress
    seen: status.Snapshot
    shown: status.Status

    @property
    def counts(self) -> dict[str, int]:
        """What a person can see, by kind in the order in which the first sync reads."""
        kinds = {kind: one.held for kind, one in self.tally.items()}
        return {**kinds, "messages": self.tally["conversations"].message_count}

    @property
    def parts(self) -> Parts:
        return parts.of_all(self.tally["conversations"], self.letters)

    @property
    def pending(self) -> int:
        return self.waiting.total

    @property
    def unreadable(self) -> dict[str, int]:
        """Dead letters by stream."""
        return letters.by_stream(self.letters)

    @property
    def freshness(self) -> status.Freshness:
        return status.freshness(self.seen, now=self.now)

    @property
    def standstill_since(self) -> int | None:
        return standstill.since(self.seen, now=self.now)

    @property
    def backfill_done(self) -> bool:
        return self.state.initial_done_at is not None and self.state.closed_done

    @property
    def synced_through(self) -> int | None:
        """The watermark, or the oldest change that was seen and is not held. Known once the first sync is complete.

        What is only asked for again (by a sweep, or because somebody pressed Retry) stands for no change that was seen.
        """
        unseen, watermark = self.waiting.oldest_unseen, self.state.watermark
        if self.state.initial_done_at is None or watermark is None:
            return None
        return watermark if unseen is None else min(watermark, unseen)

    @property
    def complete_back_to(self) -> int | None:
        """Closed conversations are held back to here; what was found but not read yet counts as missing, and so does
        what no search told.
        """
        state, found = self.state, self.waiting.newest_found
        missing: list[int] = [gap["hi"] + 1 for gap in state.gaps if gap["set"] == "closed"]
        if state.closed_done:
            return max([*missing, state.closed_edge] if state.closed_edge is not None else missing, default=None)
        if state.closed_frontier is None or state.backfill_start is None:
            return None
        return max(state.closed_frontier, found or 0, *missing)

    @property
    def lag(self) -> int | None:
        """Seconds between now and the moment up to which everything is held."""
        return None if self.synced_through is None else max(0, self.now - self.synced_through)


def read(connection: Connection) -> Reading:
    """Everything that is shown of *connection*, in six statements; in seven when it was not read by `standing`."""
    connection = connection if connection.moment else standing.again(connection)
    state, now = connection.state, standing.moment_of(connection).now
    streams = {one.stream: one for one in StreamState.objects.filter(connection=connection)}
    checks = list(PermissionCheck.objects.filter(connection=connection).order_by("permission"))
    held = tally.of(connection, state, streams)
    listed = waiting.of(connection, state, said_at=tally.said_at(streams, "conversations"))
    dead = letters.of(connection)
    analysis = progress.of(connection.pk, sentiment=connection.analyse_sentiment, requests=connection.analyse_requests)
    seen = replace(
        _counted(connection, held, dead),
        conversations_said=_expected(connection, held["conversations"].held, streams, listed),
        to_analyse=analysis.waiting,
        analysis_stopped=analysis.is_stopped(now=now),
        **_off(checks, streams),
    )
    return Reading(
        connection=connection,
        state=state,
        now=now,
        tally=held,
        waiting=listed,
        letters=dead,
        checks=checks,
        streams=streams,
        analysis=analysis,
        seen=seen,
        shown=status.derive(seen, now=now, zone=zone_of(connection)),
    )


def glance(connection: Connection) -> status.Status:
    """The state of *connection*, which `standing` read, without another question: for a line on every page."""
    return status.derive(_glanced(connection), now=standing.moment_of(connection).now, zone=zone_of(connection))


def zone_of(connection: Connection) -> ZoneInfo:
    """The time zone of the provider's workspace; UTC when it told none that is known."""
    return zones.named(connection.app_time_zone)


def _glanced(connection: Connection) -> status.Snapshot:
    """What the connection's own rows say; that something is held is taken for granted."""
    provider, state = provider_named(connection.provider), connection.state
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
        conversations=1,
        last_finished=state.last_run_finished_at,
        last_progress=state.last_progress_at,
        next_due=state.next_due,
        next_run=state.run_due or state.next_due,
        failing_since=connection.failing_since,
        dispatched_at=state.dispatched_at,
        lease_until=state.lease_until,
        silent_since=standing.moment_of(connection).silent_since,
    )


def _counted(connection: Connection, held: dict[str, Tally], dead: Sequence[Letter]) -> status.Snapshot:
    return replace(
        _glanced(connection),
        conversations=held["conversations"].held,
        unreadable=len(dead),
        unreadable_are=_called(letters.by_stream(dead)),
        deleted_percent=_deleted(connection, held),
    )


def _expected(connection: Connection, here: int, streams: dict[str, StreamState], listed: Waiting) -> int | None:
    """About how many conversations there will be: what the provider counted in the part of the past that is wanted."""
    state, counted = connection.state, "open" if connection.lookback_days == 0 else "closed"
    row = streams.get(counted) or streams.get("conversations" if connection.lookback_days is None else counted)
    if row is not None and row.said is not None and row.said >= here and not state.closed_done:
        return row.said
    if state.open_done and state.closed_done:  # everything is found, what is pending is still to be read
        return here + listed.total
    return None


class _Off(TypedDict):
    missing: tuple[str, ...]
    plan: tuple[str, ...]


def _off(checks: Sequence[PermissionCheck], streams: dict[str, StreamState]) -> _Off:
    """The permissions that are missing or not in the plan: by the last check, and by what the sync met since."""
    off = {check.permission: check.verdict for check in checks if check.verdict in ("missing", "plan")}
    for name, stream in sorted(streams.items()):
        if stream.off_reason:
            off[PERMISSION_OF.get(name, name)] = stream.off_reason
    return _Off(missing=_told(off, "missing"), plan=_told(off, "plan"))


def _told(off: dict[str, str], why: str) -> tuple[str, ...]:
    return tuple(name for name, told in off.items() if told == why)


def _deleted(connection: Connection, held: dict[str, Tally]) -> int:
    if connection.setup != Connection.Setup.DELETING:
        return 0
    return purge.percent(connection, left=sum(one.rows + one.message_count for one in held.values()))


def _called(unreadable: dict[str, int]) -> str:
    """What cannot be read, in both forms of its noun."""
    nouns = {"contacts": "person,people", "companies": "company,companies"}
    only = next(iter(unreadable), "")
    return nouns.get(only, only.removesuffix("s")) if len(unreadable) == 1 else "object"
