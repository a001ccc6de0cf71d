"""How customers felt in all conversations that were opened in a time, and who felt so ever, by what sentiments keep.

Joining a million conversations with their sentiments takes a second: here each is read by itself, in an index.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet

from sonora.chat.answers import timed
from sonora.chat.answers.timed import Span
from sonora.conversations.models import Conversation, ConversationContact
from sonora.core.among import among_those
from sonora.insights import showing
from sonora.insights.models import ConversationSentiment


def counts(spans: Sequence[Span]) -> list[tuple[int, str, int]]:
    """By place of one of *spans* and label, "" where no sentiment is shown: how many conversations were opened then."""
    shown = ConversationSentiment.objects.filter(showing.is_shown("connection_id"))
    felt = Counter({(place, label): number for place, label, number in _numbers(shown, spans, "label")})
    gone = Conversation.objects.all().gone().filter(showing.is_shown(), sentiment__isnull=False)
    for place, label, number in _numbers(gone, spans, "sentiment__label"):
        felt[place, label] -= number
    held = dict(_numbers(Conversation.objects.all().present(), spans))
    for (place, _), number in felt.items():
        held[place] -= number
    shown_or_not = felt + Counter({(place, ""): number for place, number in held.items()})
    return [(place, label, number) for (place, label), number in shown_or_not.items()]


def people(theirs: QuerySet[ConversationContact], labels: Collection[str]) -> QuerySet[Any, Any]:
    """The keys of those, each once, of whose links *theirs* one is of a conversation that felt as one of *labels*."""
    felt = ConversationSentiment.objects.filter(showing.is_shown("connection_id"), label__in=labels)
    gone = Conversation.objects.all().gone().values("pk")
    found = theirs.filter(among_those("conversation", felt.values("conversation")), ~Q(conversation__in=gone))
    return found.order_by().values("person").distinct()


def _numbers(rows: QuerySet[Any], spans: Sequence[Span], *by: str) -> list[Any]:
    return timed.numbers(partial(timed.within, rows, "created_at"), spans, *by, number=Count("*"))
