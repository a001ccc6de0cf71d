"""How many rows came from a provider, kind by kind: what a deletion removes."""

from django.db.models import Count

from integrations.models import Connection
from integrations.tally import MODELS
from sonora.conversations.models import Conversation


def everything(connection: Connection) -> dict[str, int]:
    """All rows that a deletion removes, placeholders and deleted ones too, by kind."""
    rows = {kind: model.objects.filter(connection=connection).count() for kind, model in MODELS.items()}
    # Messages are counted by way of their conversations: their own table has no index by connection.
    mine = Conversation.objects.filter(connection=connection)
    return {**rows, "messages": mine.aggregate(n=Count("messages"))["n"]}
