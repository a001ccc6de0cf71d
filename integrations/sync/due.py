"""Which connections are due, and which slices are under way, in all workspaces: for use in `scopes_disabled()`."""

from django.db.models import Q, QuerySet

from integrations.models import Connection, SyncState
from integrations.sync.lease import PAUSED, STATE_VERSION

FORGOTTEN = 55  # seconds after which a message that nobody took is taken for lost: with the tick, due within a minute


def due(now: int) -> QuerySet[SyncState]:
    """Whoever should work and neither does nor is on the way to a worker. *now*: Unix seconds, database clock."""
    return SyncState.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=now),
        Q(dispatched_at__isnull=True) | Q(dispatched_at__lte=now - FORGOTTEN),
        next_due__lte=now,
        state_version__lte=STATE_VERSION,
        connection__setup=Connection.Setup.OK,
    ).exclude(connection__run__in=PAUSED)


def under_way(now: int) -> QuerySet[SyncState]:
    """Whoever works, or is on the way to a worker."""
    is_sent = Q(dispatched_at__gt=now - FORGOTTEN)
    is_at_work = ~Q(lease_owner="") & Q(lease_until__gte=now)
    return SyncState.objects.filter(is_sent | is_at_work)
