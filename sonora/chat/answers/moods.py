"""How customers felt in all conversations that were opened in a time, by what is kept on their sentiments.

Joining a million conversations with their sentiments takes a second: here each is read by itself, in an index.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, Value

from sonora.conversations.models import Conversation
from sonora.insights import showing
from sonora.insights.models import ConversationSentiment

Span = tuple[int, int]  # Unix seconds; the end belongs to the next one
Felt = tuple[int, str]  # the place of a span, and a label; "" where no sentiment is shown


def counts(spans: Sequence[Span]) -> Counter[Felt]:
    """How many conversations that were opened in each of *spans* felt how."""
    shown = ConversationSentiment.objects.filter(showing.is_shown("connection_id"))
    felt = Counter({(place, label): number for place, label, number in _numbers(shown, spans, "label")})
    gone = Conversation.objects.all().gone().filter(showing.is_shown(), sentiment__isnull=False)
    for place, label, number in _numbers(gone, spans, "sentiment__label"):
        felt[place, label] -= number
    held = dict(_numbers(Conversation.objects.all().present(), spans))
    for (place, _), number in felt.items():
        held[place] -= number
    felt.update({(place, ""): number for place, number in held.items()})
    return felt


def _numbers(rows: QuerySet[Any], spans: Sequence[Span], *by: str) -> list[Any]:
    """Span by span: each is a range of an index, so that no row is asked for its place."""
    first, *rest = (
        rows.filter(created_at__gte=start, created_at__lt=end)
        .order_by()
        .values_list(Value(place), *by)
        .annotate(Count("pk"))
        for place, (start, end) in enumerate(spans)
    )
    return list(first.union(*rest, all=True))
