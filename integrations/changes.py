"""How a connection is changed: one transaction that holds the sync off, one audit entry, and the sync told after."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest

from integrations.models import Connection, SyncState
from integrations.sync import classes
from sonora.core import clock
from sonora.workspaces import audit


@contextmanager
def locked(connection: Connection) -> Iterator[Connection]:
    """A transaction that holds the sync's row first, as every write of the sync does, then the connection's."""
    with transaction.atomic():
        SyncState.objects.select_for_update().get(connection=connection.pk)
        yield Connection.objects.select_for_update().get(pk=connection.pk)


def state_of(connection: Connection) -> QuerySet[SyncState]:
    return SyncState.objects.filter(connection=connection)


def freed() -> dict[str, object]:
    """A slice under way loses its lease, and with the fence every write it would still make."""
    return {"fence": F("fence") + 1, "lease_until": None, "lease_owner": ""}


def record(action: str, connection: Connection, *, by: str, request: HttpRequest | None, **detail: object) -> None:
    audit.record(
        f"integration.{action}",
        subject=connection.provider,
        detail={"connection": connection.pk, **detail},
        request=request,
        workspace=connection.workspace_id,
        actor=by,
    )


def due_now(connection: Connection) -> None:
    """Make its next slice due at once, whatever was planned or sent for, and tell the workers after the commit."""
    state, now = state_of(connection).get(), clock.now()
    kind = classes.of(state, at=now)
    state_of(connection).update(next_due=now, dispatched_at=None, slice_class=kind)
    wake(connection)


def wake(connection: Connection) -> None:
    """Tell the workers after the commit. The rows are due whether they hear it or not: a broker away costs seconds."""
    transaction.on_commit(lambda: _publish(connection.pk), robust=True)


def _publish(connection_id: int) -> None:
    from integrations import tasks  # the tasks reach the engine, which no rule of a connection needs

    tasks.wake(connection_id)
