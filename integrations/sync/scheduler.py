"""Which connections get the next slices. The rows decide; a message only carries a name, and losing one costs seconds.

Start-time fair queueing: each connection has a virtual time that grows with the requests it made, so of those that are
due the one that had least is first, and nobody waits for a large neighbour.
"""

from django.db import connection, transaction
from django.db.models import Min, Q, QuerySet

from integrations.models import Connection, SyncState
from integrations.sync.lease import PAUSED
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled

PLACES = 8  # slices that may be under way or on their way to a worker
FORGOTTEN = 60  # seconds after which a message that nobody took is sent again


def pick(*, only: int | None = None) -> list[int]:
    """Mark the next connections as dispatched and return their ids; *only* looks at one.

    Any number of callers at once: a row is given to one of them.
    """
    with scopes_disabled(), transaction.atomic():
        now = clock.now()
        due = _due(now)
        if only is not None:
            due = due.filter(connection_id=only)
        chosen = list(
            _locked(due.order_by("vtime", "connection_id")).values_list("connection_id", flat=True)[: _free(now)]
        )
        SyncState.objects.filter(connection_id__in=chosen).update(dispatched_at=now)
        return chosen


def charge(connection_id: int, *, requests: int, weight: int) -> None:
    """Move a connection's virtual time on by what a slice of *weight* cost; who was idle starts level with the rest."""
    with scopes_disabled(), transaction.atomic():
        state = SyncState.objects.select_for_update().filter(connection_id=connection_id).first()
        if state is None:
            return
        active = SyncState.objects.filter(next_due__isnull=False).exclude(connection_id=connection_id)
        least = active.aggregate(least=Min("vtime"))["least"] or 0.0
        state.vtime = max(state.vtime, least) + requests / weight
        state.save(update_fields=["vtime"])


def _due(now: int) -> QuerySet[SyncState]:
    return SyncState.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=now),
        Q(dispatched_at__isnull=True) | Q(dispatched_at__lt=now - FORGOTTEN),
        next_due__lte=now,
        connection__setup=Connection.Setup.OK,
    ).exclude(connection__run__in=PAUSED)


def _locked(due: QuerySet[SyncState]) -> QuerySet[SyncState]:
    """PostgreSQL skips what another picker has just taken; on SQLite the write lock lets one picker in at a time."""
    return due.select_for_update(skip_locked=True, of=("self",)) if connection.features.has_select_for_update else due


def _free(now: int) -> int:
    leased = Q(lease_until__gte=now) | Q(dispatched_at__gte=now - FORGOTTEN)
    return max(0, PLACES - SyncState.objects.filter(leased).count())
