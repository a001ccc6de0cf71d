"""How much is held of each kind of object, and beside what the provider counted: one statement for all kinds.

The database keeps the totals (`held_totals`). What came or went since the provider counted is looked up in an index: a
small part of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from integrations.models import Connection, HeldTotal, StreamState, SyncState
from integrations.sync import outside
from integrations.sync.runs import OVERLAP
from sonora.conversations.models import Conversation, Tag, Teammate
from sonora.core.counted import Counted
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

Columns = dict[str, Combinable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One kind: all `rows`, and of them what is `held`, which is what a person can see; `named_only` is not read yet.

    The ledger compares with a count that the provider made: `…_since` came after it, `…_just_before` so shortly before
    it that the search may not have shown it, `returned` lay before the lookback when it was counted. All of them are 0
    where the provider made no count. From `created_just_before` on they are of conversations: the `oldest` and `newest`
    change of what is held (Unix seconds), the messages held, the parts said by the provider that are held and that are
    not, and how many conversations lack some.
    """

    rows: int = 0
    held: int = 0
    named_only: int = 0
    created_since: int = 0
    deleted_since: int = 0
    created_just_before: int = 0
    deleted_just_before: int = 0
    returned: int = 0
    oldest: int | None = None
    newest: int | None = None
    message_count: int = 0
    parts: int = 0
    parts_lacking: int = 0
    short: int = 0


def of(connection: Connection, state: SyncState, streams: Mapping[str, StreamState]) -> dict[str, Tally]:
    """The tally of each kind of `MODELS`; *streams* says when the provider counted which."""
    first, *others = [_kind(connection, state, streams, kind) for kind in MODELS]
    found = {row.pop("kind"): Tally(**row) for row in first.union(*others, all=True)}
    return {kind: found.get(kind, Tally()) for kind in MODELS}


def rows_of(connection: Connection) -> dict[str, int]:
    """All rows that came from *connection* and that a deletion removes, placeholders and deleted ones too, by kind."""
    found = dict(_totals(connection).values_list("kind").annotate(Sum("number")))
    return {kind: found.get(kind, 0) for kind in (*MODELS, "messages")}


def said_at(streams: Mapping[str, StreamState], stream: str) -> int:
    """When the provider counted *stream* (Unix seconds); 0 when it did not."""
    return (streams[stream].said_at if stream in streams else None) or 0


def _kind(
    connection: Connection, state: SyncState, streams: Mapping[str, StreamState], kind: str
) -> "QuerySet[HeldTotal, dict[str, Any]]":
    mine, counted_at = MODELS[kind].objects.filter(connection=connection).order_by(), said_at(streams, kind)
    held = mine.filter(SEEN.get(kind, READ))
    columns: Columns = {
        "rows": Sum("number"),
        "held": Sum("held"),
        "named_only": Sum("named_only"),
        "created_since": _number(held.filter(created_at__gt=counted_at), counted_at),
        "deleted_since": _number(mine.filter(deleted_at__gt=counted_at), counted_at),
        **(_of_conversations(connection, state, streams) if kind == "conversations" else NO_CONVERSATIONS),
    }
    return _totals(connection).filter(kind=kind).values("kind").annotate(**columns)  # type: ignore[return-value]


NO_CONVERSATIONS: Columns = {
    **dict.fromkeys(("created_just_before", "deleted_just_before", "returned"), Value(0)),
    **dict.fromkeys(("oldest", "newest"), Cast(Value(None), BigIntegerField())),
    **dict.fromkeys(("message_count", "parts", "parts_lacking", "short"), Value(0)),
}


def _of_conversations(connection: Connection, state: SyncState, streams: Mapping[str, StreamState]) -> Columns:
    mine, counted_at = Conversation.objects.filter(connection=connection), said_at(streams, "conversations")
    held, just_before = mine.filter(READ), (counted_at - OVERLAP + 1, counted_at)
    messages = _totals(connection).filter(kind="messages").values("kind").annotate(n=Sum("number")).values("n")
    return {
        "created_just_before": _number(held.filter(created_at__range=just_before), counted_at),
        "deleted_just_before": _number(mine.filter(deleted_at__range=just_before), counted_at),
        "returned": _returned(held, state, streams),
        "oldest": _first(held, "updated_at"),
        "newest": _first(held, "-updated_at"),
        "message_count": Coalesce(Subquery(messages), 0),
        "parts": Sum("parts"),
        "parts_lacking": Sum("parts_lacking"),
        "short": Sum("short"),
    }


def _returned(held: "QuerySet[Conversation]", state: SyncState, streams: Mapping[str, StreamState]) -> Combinable:
    """Old conversations that changed since those before the lookback were counted, and may have been among them."""
    edge, counted_at = outside.edge_of(state), said_at(streams, outside.stream_of(state))
    return _number(held.filter(created_at__lt=edge or 0, updated_at__gt=counted_at), counted_at)


def _totals(connection: Connection) -> "QuerySet[HeldTotal]":
    return HeldTotal.objects.filter(connection_id=connection.pk)


def _number(rows: "QuerySet[Any]", counted_at: int) -> Combinable:
    """How many *rows* there are; none where nothing was counted that they could be compared with."""
    return Counted(rows.order_by().values("pk"), output_field=BigIntegerField()) if counted_at else Value(0)


def _first(held: "QuerySet[Conversation]", order: str) -> Subquery:
    """The first change in the order of an index."""
    return Subquery(held.filter(updated_at__isnull=False).order_by(order).values("updated_at")[:1])
