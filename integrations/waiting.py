"""The list of conversations that are still to be read, in numbers."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from integrations.models import Connection, DeadLetter, Pending, SyncState
from integrations.sync.pending import AGAIN
from sonora.conversations.models import Conversation

SETTLED = 6  # seconds after its change from which on a read record has all of that second


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`total` conversations are to be read. `oldest_unseen` is the oldest change that was seen and is not held.

    `newest_found` is the newest change of those that the first sync found (Unix seconds, both). Of those that are not
    held in any version and no dead letter, `counted` were seen before the provider counted and `uncounted` since.
    `again` are held and only to be read once more.
    """

    total: int
    oldest_unseen: int | None
    newest_found: int | None
    counted: int
    uncounted: int
    again: int


def of(connection: Connection, state: SyncState, *, said_at: int) -> Waiting:
    """The list of *connection*, in one statement; *said_at* is when the provider counted its conversations."""
    named = {"connection_id": OuterRef("connection_id"), "external_id": OuterRef("external_id")}
    version = Conversation.objects.filter(
        **named, updated_at__gte=OuterRef("seen_updated_at"), fetched_at__gt=OuterRef("seen_updated_at") + SETTLED
    )
    letters = DeadLetter.objects.filter(**named, stream="conversations")
    listed = Pending.objects.filter(connection=connection).annotate(
        is_settled=Exists(version),
        is_here=Exists(Conversation.objects.present().filter(**named)),
        is_dead=Exists(letters),
    )
    lacks = Q(is_here=False, is_dead=False)
    return Waiting(
        **listed.aggregate(
            total=Count("pk"),
            oldest_unseen=Min("seen_updated_at", filter=Q(is_settled=False, seen_updated_at__gt=0)),
            newest_found=Max("seen_updated_at", filter=Q(seen_updated_at__lte=state.backfill_start or 0)),
            counted=Count("pk", filter=lacks & Q(seen_updated_at__lte=said_at)),
            uncounted=Count("pk", filter=lacks & Q(seen_updated_at__gt=said_at)),
            again=Count("pk", filter=Q(priority=AGAIN)),
        )
    )
