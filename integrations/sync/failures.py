"""What the end of a slice means for the connection: its state in words, when it is tried again, whether it stops.

Written under the fence like everything else, so a worker that lost its lease cannot paint over a newer state.
"""

from contextlib import suppress
from math import ceil
from typing import Any

import structlog
from django.db.models import F

from integrations.errors import CredentialRejected, PeerUntrusted, ProviderError, SpanUnreadable, VersionRefused
from integrations.models import Connection, Pending, SyncRun, SyncState
from integrations.sync import classes, journal
from integrations.sync.budget import MustWait
from integrations.sync.lease import Lease, LeaseLost
from integrations.sync.sweeps import schedule
from sonora.core import clock
from sonora.core.encrypted import CredentialsUnreadable
from sonora.workspaces import audit

log = structlog.get_logger(__name__)

BACK_OFF = (5, 15, 60, 120)  # seconds after the first failures in a row
SLOWEST = 900  # seconds between two tries from the fifth on
GIVE_UP = 86_400  # seconds of nothing but failures after which a person must look
STOPS = {
    CredentialRejected: Connection.Setup.TOKEN_INVALID,
    CredentialsUnreadable: Connection.Setup.CREDENTIALS_UNREADABLE,
    VersionRefused: Connection.Setup.VERSION_REFUSED,
}


class DatabaseFailed(Exception):
    """A transaction could not be made; what it was to write is still to be read."""

    user_message = "Sonora's database did not answer. Sonora continues by itself."


class Unforeseen(Exception):
    """A mistake of ours; the log has all of it."""

    user_message = "Something in Sonora went wrong. Sonora tries again by itself."


Failure = ProviderError | CredentialsUnreadable | DatabaseFailed | Unforeseen


def starting(held: Lease) -> None:
    """Say that it is being worked on."""
    is_first = held.state.initial_done_at is None
    run = Connection.Run.INITIAL if is_first else Connection.Run.INCREMENTAL
    if held.connection.run != run:
        with suppress(LeaseLost):  # the first step will find out
            _write(held, run=run, run_until=None)


def went_well(held: Lease, *, is_over: bool) -> None:
    """The slice ended by itself: no failures any more, and the next one when there is work."""
    columns: dict[str, Any] = {"failed_slices": 0, "failing_since": None, "last_error": ""}
    if is_over:
        columns |= {"run": Connection.Run.IDLE, "run_until": None}
    if any(getattr(held.connection, name) != value for name, value in columns.items()):
        _write(held, **columns)
    held.state.now_requested_at = _asked(held)
    _give_back(held, next_due=_next_work(held) if is_over else clock.now())


def waiting(held: Lease, wait: MustWait) -> None:
    """The share of this window is spent, or Intercom asked to slow down: not a failure."""
    seconds = ceil(wait.seconds)  # some moments early rather than late: a slice may wait for its turn
    until = clock.now() + seconds
    if wait.refused:
        _write(held, run=Connection.Run.WAITING_RATE_LIMIT, run_until=until)
    waited(held, seconds, refused=wait.refused)
    _give_back(held, next_due=until)


def waited(held: Lease, seconds: int, *, refused: bool) -> None:
    """Note in the open run, if there is one, that nothing was asked, or will be, for so many *seconds*."""
    if held.state.run_id:
        with held.transaction():
            SyncRun.objects.filter(pk=held.state.run_id).update(waited=F("waited") + seconds)
            _tell(held, journal.of_wait(seconds, refused=refused))


def failed(held: Lease, error: Failure) -> float:
    """Note what failed; returns the seconds until the next try, or 0 when there is none until a person acts."""
    log.warning(
        "slice failed",
        connection=held.connection.pk,
        error=type(error).__name__,
        status=getattr(error, "status", None),
        code=getattr(error, "code", ""),
        request_id=getattr(error, "request_id", ""),
    )
    try:
        with held.transaction():
            _tell(held, journal.of_failure(error.user_message, error))
        return _stop(held, error) if type(error) in STOPS else _back_off(held, error)
    except LeaseLost:
        return 0


def _stop(held: Lease, error: Failure) -> float:
    setup = STOPS[type(error)]
    _write(held, setup=setup, run=Connection.Run.IDLE, run_until=None, last_error=error.user_message)
    audit.record(
        "integration.stopped",
        subject=held.connection.provider,
        workspace=held.connection.workspace_id,
        detail={"setup": setup},
    )
    _close_run(held, SyncRun.Result.PARTLY, error.user_message)
    _give_back(held, next_due=None)
    return 0


def _back_off(held: Lease, error: Failure) -> float:
    now = clock.now()
    failures = held.connection.failed_slices + 1
    since = held.connection.failing_since or now
    is_patient = failures > len(BACK_OFF) or isinstance(error, PeerUntrusted)
    wait = SLOWEST if is_patient else BACK_OFF[failures - 1]
    is_hopeless = now - since >= GIVE_UP and not isinstance(error, SpanUnreadable)  # for all else goes on
    is_ours = isinstance(error, DatabaseFailed | Unforeseen)
    run = Connection.Run.QUEUED if is_ours else Connection.Run.WAITING_PROVIDER
    _write(
        held,
        failed_slices=failures,
        failing_since=since,
        last_error=error.user_message,
        run=Connection.Run.PAUSED_AFTER_FAILURES if is_hopeless else run,
        run_until=None if is_hopeless else now + wait,
    )
    if is_hopeless:
        _close_run(held, SyncRun.Result.FAILED, error.user_message)
    _give_back(held, next_due=None if is_hopeless else now + wait)
    return 0 if is_hopeless else wait


def _tell(held: Lease, line: journal.Line) -> None:
    """Add *line* to the log of the open run, if there is one; inside a transaction."""
    run = SyncRun.objects.filter(pk=held.state.run_id).first() if held.state.run_id else None
    if run is not None:
        journal.write(run, [line])


def _close_run(held: Lease, result: SyncRun.Result, sentence: str) -> None:
    """End the run for people to read; what the rows say is left to do stays."""
    with held.transaction():
        run = SyncRun.objects.filter(pk=held.state.run_id).first() if held.state.run_id else None
        if run is not None:
            run.finished_at, run.result, run.issues = clock.now(), result, [*run.issues, sentence][:200]
            run.save(update_fields=["finished_at", "result", "issues"])


def _give_back(held: Lease, *, next_due: int | None) -> None:
    """Release the lease, and say when the next slice is due and what it will be, so that the scheduler need not ask."""
    kind = classes.of(held.state, at=next_due or clock.now())
    held.release(next_due=next_due, slice_class=kind)


def _asked(held: Lease) -> int | None:
    """When somebody asked for a run that has not begun; it may have been while this slice was at work."""
    row = SyncState.objects.filter(connection_id=held.connection.pk)
    return row.values_list("now_requested_at", flat=True).first()


def _next_work(held: Lease) -> int | None:
    """When there is something to do again: the next run, or a conversation that was put off."""
    put_off = Pending.objects.filter(connection_id=held.connection.pk).order_by("not_before")
    first = put_off.values_list("not_before", flat=True).first()
    times = [held.state.run_due, first, schedule.next_due(held.state)]
    return held.state.now_requested_at or min((one for one in times if one is not None), default=None)


def _write(held: Lease, **columns: Any) -> None:
    with held.transaction():
        for name, value in columns.items():
            setattr(held.connection, name, value)
        held.connection.save(update_fields=list(columns))
