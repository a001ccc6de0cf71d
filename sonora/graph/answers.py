"""The messages that tell who answered whom, read from the database."""

from django.db.models import Q

from sonora.conversations.models import MessageQuerySet
from sonora.graph.replies import Line

MOST = 20_000  # messages that are looked at: the newest


def lines(said: MessageQuerySet) -> list[Line]:
    """*said* without notes, bots and what has no words, by conversation, oldest first in each."""
    spoken = said.filter(Q(contact__person__isnull=False) | Q(teammate__isnull=False), internal=False, from_ai=False)
    rows = spoken.exclude(text="").order_by("-created_at", "-pk")[:MOST]
    found = [
        Line(conversation=conversation, at=at or 0, person=person, teammate=teammate)
        for conversation, at, person, teammate in rows.values_list(
            "conversation_id", "created_at", "contact__person", "teammate_id"
        )
    ]
    found.reverse()
    return sorted(found, key=lambda line: (line.conversation, line.at))
