"""How much of a provider is held here, kind by kind."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet

from integrations.models import Connection
from sonora.conversations.models import Conversation, Tag, Teammate
from sonora.customers.models import Company, Match
from sonora.people.models import Contact

# Messages are counted by way of their conversations: their own table has no index by connection.
KINDS: dict[str, Callable[[Connection], QuerySet[Any]]] = {
    "teammates": lambda connection: _present(Teammate.objects.filter(connection=connection)),
    "tags": lambda connection: Tag.objects.filter(connection=connection, deleted_at__isnull=True).exclude(name=""),
    "companies": lambda connection: _present(Company.objects.filter(connection=connection)),
    "contacts": lambda connection: _present(Contact.objects.filter(connection=connection)),
    "conversations": lambda connection: _present(Conversation.objects.filter(connection=connection)),
}


def counts(connection: Connection) -> dict[str, int]:
    """What a person can see of *connection*, by kind in the order in which the first sync reads."""
    seen = {kind: rows(connection).count() for kind, rows in KINDS.items()}
    return {**seen, "messages": _messages(KINDS["conversations"](connection))}


def everything(connection: Connection) -> dict[str, int]:
    """All rows that a deletion removes, placeholders and deleted ones too, by kind."""
    kinds: dict[str, Any] = {
        "teammates": Teammate,
        "tags": Tag,
        "companies": Company,
        "contacts": Contact,
        "conversations": Conversation,
    }
    rows = {kind: model.objects.filter(connection=connection).count() for kind, model in kinds.items()}
    return {**rows, "messages": _messages(Conversation.objects.filter(connection=connection))}


def matched_by_id(connection: Connection) -> int:
    """How many companies were found to be a customer by their id alone."""
    return Match.objects.filter(
        company__connection=connection, state=Match.State.AUTO, method=Match.Method.EXTERNAL_ID
    ).count()


def _messages(conversations: QuerySet[Conversation]) -> int:
    found: int = conversations.aggregate(n=Count("messages"))["n"]
    return found


def _present(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(fetched_at__isnull=False, deleted_at__isnull=True)
