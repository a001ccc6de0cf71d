"""How much of a provider is held here, kind by kind."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from integrations.models import Connection
from sonora.conversations.models import Conversation, Message, Tag, Teammate
from sonora.customers.models import Company, Match
from sonora.people.models import Contact

KINDS: dict[str, Callable[[Connection], QuerySet[Any]]] = {
    "teammates": lambda connection: _present(Teammate.objects.filter(connection=connection)),
    "tags": lambda connection: Tag.objects.filter(connection=connection, deleted_at__isnull=True).exclude(name=""),
    "companies": lambda connection: _present(Company.objects.filter(connection=connection)),
    "contacts": lambda connection: _present(Contact.objects.filter(connection=connection)),
    "conversations": lambda connection: _present(Conversation.objects.filter(connection=connection)),
    "messages": lambda connection: Message.objects.filter(connection=connection),
}


def counts(connection: Connection) -> dict[str, int]:
    """What a person can see of *connection*, by kind in the order in which the first sync reads."""
    return {kind: rows(connection).count() for kind, rows in KINDS.items()}


def everything(connection: Connection) -> dict[str, int]:
    """All rows that a deletion removes, placeholders and deleted ones too, by kind."""
    kinds = {"teammates": Teammate, "tags": Tag, "companies": Company, "contacts": Contact}
    rows: dict[str, Any] = {**kinds, "conversations": Conversation, "messages": Message}
    return {kind: model.objects.filter(connection=connection).count() for kind, model in rows.items()}


def matched_by_id(connection: Connection) -> int:
    """How many companies were found to be a customer by their id alone."""
    return Match.objects.filter(
        company__connection=connection, state=Match.State.AUTO, method=Match.Method.EXTERNAL_ID
    ).count()


def _present(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(fetched_at__isnull=False, deleted_at__isnull=True)
