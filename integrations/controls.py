"""What people do with a connection that stands: sync now, pause, resume, other settings."""

from django.http import HttpRequest

from integrations.changes import freed, locked, record, state_of, wake
from integrations.models import Connection
from integrations.refusals import NotNow
from sonora.core import clock

PAUSED = (Connection.Run.PAUSED_BY_PERSON, Connection.Run.PAUSED_AFTER_FAILURES)
ENDED = (Connection.Setup.DISCONNECTED, Connection.Setup.DELETING)


def sync_now(connection: Connection, *, by: str, request: HttpRequest | None = None) -> None:
    """Start a run at once, whatever the schedule; a second call before it began changes nothing more.

    Raises NotNow when the connection cannot sync: it is paused, or somebody must act first.
    """
    with locked(connection) as fresh:
        if fresh.setup != Connection.Setup.OK:
            raise NotNow(f"{fresh.get_setup_display()}. Reconnect before syncing.")
        if fresh.run in PAUSED:
            raise NotNow("Syncing is paused. Resume it first.")
        now = clock.now()
        asked = {} if _already_asked(fresh) else {"now_requested_at": now, "now_requested_by": by}
        state_of(fresh).update(**asked, next_due=now, dispatched_at=None)
        if asked:
            record("sync_requested", fresh, by=by, request=request)
        wake(fresh)


def _already_asked(connection: Connection) -> bool:
    return state_of(connection).filter(now_requested_at__isnull=False).exists()


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
        state_of(fresh).update(next_due=clock.now(), dispatched_at=None)
        record("resumed", fresh, by=by, request=request)
        wake(fresh)


def _not_ended(connection: Connection) -> None:
    if connection.setup in ENDED:
        raise NotNow("It is disconnected. Connect again first.")


def _set_run(connection: Connection, run: Connection.Run, *, by: str) -> None:
    connection.run, connection.run_until = run, None
    connection.failed_slices, connection.failing_since, connection.last_error = 0, None, ""
    connection.status_changed_at, connection.status_changed_by = clock.now(), by
    connection.save()


def change_settings(
    connection: Connection,
    *,
    lookback_days: int | None,
    interval: int,
    show_internal_notes: bool,
    by: str,
    request: HttpRequest | None = None,
) -> Connection:
    """Change what is brought in and how often; the audit says from what to what. Units as in `connect`."""
    new = {"lookback_days": lookback_days, "interval": interval, "show_internal_notes": show_internal_notes}
    with locked(connection) as fresh:
        old = {name: getattr(fresh, name) for name in new}
        if old == new:
            return fresh
        for name, value in new.items():
            setattr(fresh, name, value)
        fresh.save(update_fields=list(new))
        if fresh.setup == Connection.Setup.OK and fresh.run not in PAUSED:
            state_of(fresh).update(next_due=clock.now(), dispatched_at=None)
            wake(fresh)
        record("settings_changed", fresh, by=by, request=request, before=old, after=new)
    return fresh
