"""The messages that tell who answered whom, read from the database."""

from django.db.models import OuterRef, Q, Subquery

from sonora.conversations.models import MessageQuerySet
from sonora.graph.replies import Line
from sonora.people.models import Contact

MOST = 20_000  # messages that are looked at: the newest


def lines(said: MessageQuerySet) -> list[Line]:
    """*said* without notes, bots and what has no words, by conversation, oldest first in each.

    The author is asked for message by message: PostgreSQL would else join all contacts that there are.
    """
    spoken = said.filter(Q(contact__isnull=False) | Q(teammate__isnull=False), internal=False, from_ai=False)
    author = Subquery(Contact.objects.filter(pk=OuterRef("contact")).values("person")[:1])
    rows = spoken.exclude(text="").order_by("-created_at", "-pk")[:MOST]
    found = [
        Line(conversation=conversation, at=at or 0, person=person, teammate=teammate)
        for conversation, at, person, teammate in rows.values_list(
            "conversation_id", "created_at", author, "teammate_id"
        )
        if person is not None or teammate is not None
    ]
    found.reverse()
    return sorted(found, key=lambda line: (line.conversation, line.at))
