"""What people do with a connection that stands: sync now, pause, resume, other settings."""

from django.http import HttpRequest

from integrations.changes import due_now, freed, locked, record, state_of
from integrations.models import Connection, SyncState
from integrations.refusals import NotNow
from sonora.core import clock

A_DAY = 86_400  # seconds
PAUSED = (Connection.Run.PAUSED_BY_PERSON, Connection.Run.PAUSED_AFTER_FAILURES)
ENDED = (Connection.Setup.DISCONNECTED, Connection.Setup.DELETING)


def sync_now(connection: Connection, *, by: str, request: HttpRequest | None = None) -> None:
    """Start a run at once, whatever the schedule; a second call before it began changes nothing more.

    Raises NotNow when the connection cannot sync: it is paused, or somebody must act first.
    """
    with locked(connection) as fresh:
        make_ready(fresh, by=by)
        if asked := requested(fresh, by=by):
            state_of(fresh).update(**asked)
            record("sync_requested", fresh, by=by, request=request)
        due_now(fresh)


def make_ready(connection: Connection, *, by: str) -> None:
    """Let *connection*, which is locked, sync again after failures. Raises NotNow when somebody must act first."""
    if connection.setup != Connection.Setup.OK:
        raise NotNow(f"{connection.get_setup_display()}. Reconnect before syncing.", a_person_must_act=True)
    if connection.run == Connection.Run.PAUSED_BY_PERSON:
        raise NotNow("Syncing is paused. Resume it first.", a_person_must_act=True)
    if connection.run == Connection.Run.PAUSED_AFTER_FAILURES:
        _set_run(connection, Connection.Run.QUEUED, by=by)


def requested(connection: Connection, *, by: str) -> dict[str, object]:
    """The columns of the sync's state that ask for a run in which every list is read whole, unless somebody did."""
    return {} if _already_asked(connection) else {"now_requested_at": clock.now(), "now_requested_by": by}


def _already_asked(connection: Connection) -> bool:
    return state_of(connection).filter(now_requested_at__isnull=False).exists()


def let_go(connection: Connection, *, by: str, request: HttpRequest | None = None) -> None:
    """Say that the many that the provider no longer shows are gone indeed: they are looked for again, and then they go.

    Raises NotNow when nothing is held back, or when the connection cannot sync.
    """
    with locked(connection) as fresh:
        make_ready(fresh, by=by)
        state = state_of(fresh).get()
        if not state.suspects:
            raise NotNow("Nothing is held back any more.")
        said = {stream: {"by": by, "at": clock.now()} for stream in state.suspects}
        state_of(fresh).update(
            suspects_approved={**state.suspects_approved, **said},
            swept={**state.swept, **dict.fromkeys(("all", "contacts"), 0)},
            **requested(fresh, by=by),  # companies are walked over in a run
        )
        record("missing_approved", fresh, by=by, request=request, suspects=state.suspects)
        due_now(fresh)


def pause(connection: Connection, *, by: str, request: HttpRequest | None = None) -> None:
    """Stop syncing until somebody resumes; a slice under way commits nothing more. Raises NotNow after the end."""
    with locked(connection) as fresh:
        _not_ended(fresh)
        _set_run(fresh, Connection.Run.PAUSED_BY_PERSON, by=by)
        state_of(fresh).update(**freed(), next_due=None, dispatched_at=None, now_requested_at=None)
        record("paused", fresh, by=by, request=request)


def resume(connection: Connection, *, by: str, request: HttpRequest | None = None) -> None:
    """Go on where it was paused, by a person or after failures. Raises NotNow after the end."""
    with locked(connection) as fresh:
        _not_ended(fresh)
        _set_run(fresh, Connection.Run.QUEUED, by=by)
        record("resumed", fresh, by=by, request=request)
        due_now(fresh)


def _not_ended(connection: Connection) -> None:
    if connection.setup in ENDED:
        raise NotNow("It is disconnected. Connect again first.")


def _set_run(connection: Connection, run: Connection.Run, *, by: str) -> None:
    connection.run, connection.run_until = run, None
    connection.failed_slices, connection.failing_since, connection.last_error = 0, None, ""
    connection.status_changed_at, connection.status_changed_by = clock.now(), by
    connection.save()


def rename(connection: Connection, name: str, *, by: str, request: HttpRequest | None = None) -> None:
    """Call *connection* by *name* on its pages; "" for the name of its workspace alone."""
    with locked(connection) as fresh:
        if fresh.name == name:
            return
        before, fresh.name = fresh.name, name
        fresh.save(update_fields=["name"])
        record("renamed", fresh, by=by, request=request, before={"name": before}, after={"name": name})


def change_settings(
    connection: Connection,
    *,
    lookback_days: int | None,
    interval: int,
    show_internal_notes: bool,
    analyse_sentiment: bool | None = None,
    analyse_requests: bool | None = None,
    by: str,
    request: HttpRequest | None = None,
) -> Connection:
    """Change what is brought in, how often, and what is analysed (None: as it is); the audit says from what to what.

    Units as in `connect`.
    """
    analysed = {"analyse_sentiment": analyse_sentiment, "analyse_requests": analyse_requests}
    new = {
        "lookback_days": lookback_days,
        "interval": interval,
        "show_internal_notes": show_internal_notes,
        **{name: is_on for name, is_on in analysed.items() if is_on is not None},
    }
    with locked(connection) as fresh:
        old = {name: getattr(fresh, name) for name in new}
        if old == new:
            return fresh
        for name, value in new.items():
            setattr(fresh, name, value)
        fresh.save(update_fields=list(new))
        _plan_again(fresh)
        record("settings_changed", fresh, by=by, request=request, before=old, after=new)
    return fresh


def _plan_again(connection: Connection) -> None:
    """Read what a wider lookback adds, nothing twice; and do not wait out an interval that became shorter."""
    state, now = state_of(connection).get(), clock.now()
    # A slice under way still works by the old settings: it loses its lease, so that it cannot write over the new ones.
    state_of(connection).update(**_coverage(state, connection.lookback_days), **freed())
    if state.run_due is not None:
        state_of(connection).update(run_due=min(state.run_due, now + connection.interval))
    if connection.setup == Connection.Setup.OK and connection.run not in PAUSED:
        due_now(connection)


def _coverage(state: SyncState, lookback_days: int | None) -> dict[str, object]:
    """What the new lookback means for the closed conversations: read on, already far enough, or too far."""
    if state.backfill_start is None:
        return {"closed_done": state.closed_done}
    edge = None if lookback_days is None else state.backfill_start - lookback_days * A_DAY
    if edge is not None and _is_read_beyond(state, edge):
        return {"closed_done": True, "closed_edge": edge, "closed_frontier": edge - 1, "narrowed_to": edge}
    is_done = state.closed_done and not _reaches_further(edge, state.closed_edge)
    return {"closed_done": is_done, "narrowed_to": None}


def _is_read_beyond(state: SyncState, edge: int) -> bool:
    """Whether closed conversations from before *edge* are here, or may be."""
    if state.closed_done and (state.closed_edge is None or state.closed_edge < edge):
        return True
    return state.closed_frontier is not None and state.closed_frontier < edge - 1


def _reaches_further(edge: int | None, held: int | None) -> bool:
    """Whether *edge* lies before *held*, down to where closed conversations are read; None is before everything."""
    return held is not None and (edge is None or edge < held)
