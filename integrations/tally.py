"""How much is held of each kind of object, and beside what the provider counted: one statement for all kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from integrations.models import Connection, StreamState, SyncState
from integrations.sync import outside
from integrations.sync.runs import OVERLAP
from sonora.conversations.models import Conversation, Message, Tag, Teammate
from sonora.customers.models import Company
from sonora.people.models import Contact

MODELS: dict[str, Any] = {  # in the order in which the first sync reads
    "teammates": Teammate,
    "tags": Tag,
    "companies": Company,
    "contacts": Contact,
    "conversations": Conversation,
}
NAMED = ~Q(name="")  # a tag is seen as soon as anything names it
THERE = Q(deleted_at__isnull=True)
SEEN = {"tags": THERE & NAMED}  # what a person can see; of the other kinds, what was read
READ = THERE & Q(fetched_at__isnull=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One kind: all `rows`, and of them what is `held`, which is what a person can see.

    `oldest` and `newest` are the changes of what is held (Unix seconds). The ledger compares with a count that the
    provider made: `…_since` came after it, `…_just_before` so shortly before it that the search may not have shown it,
    `named_only` is not read yet, `returned` lay before the lookback when it was counted. The last five are of
    conversations: how many a resync has put on its list, the messages held, the parts said by the provider that are
    held and that are not, and how many conversations lack some.
    """

    rows: int
    held: int
    oldest: int | None
    newest: int | None
    created_since: int
    created_just_before: int
    deleted_since: int
    deleted_just_before: int
    named_only: int
    returned: int
    put_again: int
    message_count: int
    parts: int
    parts_lacking: int
    short: int


def of(connection: Connection, state: SyncState, streams: Mapping[str, StreamState]) -> dict[str, Tally]:
    """The tally of each kind of `MODELS`; *streams* says when the provider counted which."""
    first, *others = [
        _kind(connection, state, kind, counted_at=said_at(streams, kind), returned=_returned(state, streams))
        for kind in MODELS
    ]
    return {row.pop("kind"): Tally(**row) for row in first.union(*others, all=True)}


def said_at(streams: Mapping[str, StreamState], stream: str) -> int:
    """When the provider counted *stream* (Unix seconds); 0 when it did not."""
    return (streams[stream].said_at if stream in streams else None) or 0


def _returned(state: SyncState, streams: Mapping[str, StreamState]) -> Q:
    """Old conversations that changed since those before the lookback were counted, and may have been among them."""
    counted = outside.stream_of(state)
    edge = outside.edge_of(state) if counted in streams else None
    return Q(created_at__lt=edge or 0, updated_at__gt=said_at(streams, counted))


def _kind(
    connection: Connection, state: SyncState, kind: str, *, counted_at: int, returned: Q
) -> "QuerySet[Any, dict[str, Any]]":
    held, read = SEEN.get(kind, READ), Q(fetched_at__isnull=False)
    just_before = {"gt": counted_at - OVERLAP, "lte": counted_at}
    columns = {
        "rows": _number(Q()),
        "held": _number(held),
        "oldest": Min("updated_at", filter=held),
        "newest": Max("updated_at", filter=held),
        "created_since": _number(held & Q(created_at__gt=counted_at)),
        "created_just_before": _number(held & _between("created_at", **just_before)),
        "deleted_since": _number(Q(deleted_at__gt=counted_at)),
        "deleted_just_before": _number(_between("deleted_at", **just_before)),
        "named_only": _number(SEEN.get(kind, THERE) & ~read),
        "returned": _number(held & returned),
        **(_talk(state) if kind == "conversations" else dict.fromkeys(TALK, Value(0))),
    }
    mine = MODELS[kind].objects.filter(connection=connection).order_by()
    return mine.values(kind=Value(kind)).annotate(**columns)  # type: ignore[no-any-return]


TALK = ("put_again", "message_count", "parts", "parts_lacking", "short")


def _talk(state: SyncState) -> dict[str, Any]:
    """Of conversations: their messages are counted by way of them, since their own table knows no connection."""
    messages = Message.objects.filter(conversation=OuterRef("pk")).order_by().values("conversation")
    count = Subquery(messages.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    short = READ & Q(parts_total__gt=F("parts_held"))
    return {
        "put_again": _number(READ & Q(external_id__lte=state.resync_place)),
        "message_count": Coalesce(Sum(count), 0),
        "parts": Coalesce(Sum("parts_held", filter=READ), 0),
        "parts_lacking": Coalesce(Sum(F("parts_total") - F("parts_held"), filter=short), 0),
        "short": _number(short),
    }


def _number(which: Q) -> Count:
    return Count("pk", filter=which) if which else Count("pk")


def _between(field: str, *, gt: int, lte: int) -> Q:
    return Q((f"{field}__gt", gt), (f"{field}__lte", lte))
