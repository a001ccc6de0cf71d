"""Which connections changed their state so that somebody should be told."""

from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from integrations import snapshot
from integrations.models import Connection, Notice, StreamState
from integrations.notices import rows
from integrations.providers import provider_named
from integrations.standstill import WITHOUT_PROGRESS
from integrations.status import Status
from sonora.core import clock
from sonora.workspaces.scoping import scope, scopes_disabled

ALARMS = frozenset(
    {
        "token_invalid",
        "credentials_unreadable",
        "wrong_region",
        "workspace_mismatch",
        "version_refused",
        "paused_after_failures",
        "limited",
        "stale",
    }
)
WELL = frozenset({"healthy", "empty", "analysing", "analysis_stopped", "late", "syncing", "first_sync", "plan_limited"})
ENDED_BY_A_PERSON = frozenset({"paused_by_person", "disconnected", "deleting"})


def look() -> int:
    """Write a notice for each connection whose state changed since the last look; returns how many were written."""
    return sum(_compare(connection) for connection in _candidates())


def _candidates() -> Iterator[Connection]:
    """Those that may have something to tell. What is well and was well is not even loaded."""
    with scopes_disabled():
        found = list(_restless(clock.now()).select_related("state"))
    yield from found


def _restless(now: int) -> QuerySet[Connection]:
    open_alarm = Notice.objects.filter(connection=OuterRef("pk"), ended_at__isnull=True)
    told_first = Notice.objects.filter(connection=OuterRef("pk"), kind=Notice.FIRST_SYNC)
    off = StreamState.objects.filter(connection=OuterRef("pk")).exclude(off_reason="")
    return Connection.objects.filter(state__isnull=False).filter(
        Exists(open_alarm)
        | Exists(off)
        | (Q(state__initial_done_at__isnull=False) & ~Exists(told_first))
        | ~Q(setup__in=[Connection.Setup.OK, Connection.Setup.DISCONNECTED, Connection.Setup.DELETING])
        | Q(run=Connection.Run.PAUSED_AFTER_FAILURES)
        | Q(state__next_due__lt=now - WITHOUT_PROGRESS)
        | Q(state__last_run_finished_at__lt=now - 2 * F("interval"))
    )


def _compare(connection: Connection) -> int:
    with scope(workspace=connection.workspace_id):
        status = snapshot.read(connection).shown
        told = Notice.objects.filter(connection=connection, ended_at__isnull=True).first()
        written = _first_sync(connection)
        if status.key in ALARMS and (told is None or told.kind != _kind(connection, status)):
            return written + _raise(connection, status, told)
        if told is not None and status.key in ENDED_BY_A_PERSON:
            rows.end(told)
        elif told is not None and status.key in WELL:
            return written + _recover(connection, told)
        return written


def _kind(connection: Connection, status: Status) -> str:
    """A permission more that is missing is another state than the one that was told."""
    if status.key != "limited":
        return status.key
    off = StreamState.objects.filter(connection=connection).exclude(off_reason="").order_by("stream")
    return ":".join(["limited", *off.values_list("stream", flat=True)])[:100]


def _raise(connection: Connection, status: Status, told: Notice | None) -> int:
    """The open alarm gives way to this one; whoever else is writing the same has won, and nothing is told twice."""
    try:
        with transaction.atomic():
            if told is not None and not rows.end(told):
                return 0
            rows.write(connection, kind=_kind(connection, status), word=status.word, text=status.sentence, is_open=True)
    except IntegrityError:
        return 0
    return 1


def _recover(connection: Connection, told: Notice) -> int:
    with transaction.atomic():
        if not rows.end(told):
            return 0
        title = provider_named(connection.provider).title
        text = (
            f"{title} lets the token read all of it again."
            if told.kind.startswith("limited")
            else f"{title} is syncing again."
        )
        rows.write(connection, kind=Notice.RECOVERED, word="Syncing", text=text)
    return 1


def _first_sync(connection: Connection) -> int:
    state = connection.state
    if state.initial_done_at is None or connection.setup != Connection.Setup.OK:
        return 0
    with transaction.atomic():
        Connection.objects.select_for_update().get(pk=connection.pk)
        if Notice.objects.filter(connection=connection, kind=Notice.FIRST_SYNC).exists():
            return 0
        text = f"The first sync of {connection.app_name or provider_named(connection.provider).title} is complete."
        rows.write(connection, kind=Notice.FIRST_SYNC, word="First sync done", text=text)
    return 1
