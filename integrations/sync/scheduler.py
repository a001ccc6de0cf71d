"""Which connections get the next slices. The rows decide; a message only carries a name, and losing one costs seconds.

Start-time fair queueing: each connection has a virtual time that grows with the requests it made, so of those that are
due the one that had least is first, and nobody waits for a large neighbour. Who comes back from a rest starts where the
sharing has come to meanwhile (`Beat.vtime`): resting earns nothing, and nobody has to look at all the rows to know it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest

from integrations.models import Beat, SyncState
from integrations.sync import beat, herd, places
from integrations.sync.due import due
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled


def tick() -> None:
    """Note that ticks are carried out, and spread what has piled up while nothing ran."""
    with scopes_disabled(), transaction.atomic():
        row, now = beat.locked(), clock.now()
        row.ticked_at = now
        herd.spread(row, now)
        row.save(update_fields=["ticked_at", "spread_until"])


def pick() -> list[int]:
    """Mark the connections that get the free places as sent for, and return their ids, the fairest first.

    Any number of callers at once: the scheduler's row lets one in at a time. Publish after this, never before.
    """
    with scopes_disabled(), transaction.atomic():
        row, now = beat.locked(), clock.now()
        chosen = _chosen(now)
        if chosen:
            _mark(chosen, row, now)
        return [state.connection_id for state in chosen]


def take_back(connection_ids: Sequence[int]) -> None:
    """Nobody could be told: they are due as before."""
    with scopes_disabled():
        SyncState.objects.filter(connection_id__in=connection_ids).update(dispatched_at=None)


def charge(connection_id: int, *, requests: int, weight: int) -> None:
    """Move a connection's virtual time on by what a slice cost: *weight* requests count as one."""
    with scopes_disabled():
        SyncState.objects.filter(connection_id=connection_id).update(vtime=F("vtime") + requests / weight)


def _chosen(now: int) -> list[SyncState]:
    """As many as there are places for. A lot may have more of a kind than may have a place; then there is another."""
    room, chosen = places.room(now), list[SyncState]()
    while room.left > 0:
        # A row that a person is just changing is passed over: the change ends with a call of the picker.
        free = due(now).filter(room.allows()).exclude(pk__in=[state.pk for state in chosen])
        lot = list(free.select_for_update(skip_locked=True, of=("self",)).order_by("vtime", "pk")[: room.left])
        taken = [state for state in lot if room.take(state)]
        chosen += taken
        if not taken or len(taken) == len(lot):
            break
    return chosen


def _mark(chosen: Sequence[SyncState], row: Beat, now: int) -> None:
    """They are sent for, and start where the sharing is; it has come as far as the one that had least."""
    level = Greatest("vtime", Value(row.vtime))
    SyncState.objects.filter(pk__in=[state.pk for state in chosen]).update(dispatched_at=now, vtime=level)
    row.vtime = max(row.vtime, min(state.vtime for state in chosen))
    row.save(update_fields=["vtime"])
