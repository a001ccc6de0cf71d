"""Which conversations an answer rests on, and the words in them."""

from sonora.chat.answers.passages import Passage, passages
from sonora.chat.query import Order, Query
from sonora.conversations.models import ConversationQuerySet
from sonora.filters.viewer import Viewer

MOST = 5  # citations of one answer
NEWEST, OLDEST = ("-updated_at", "-pk"), ("updated_at", "pk")


def citations(query: Query, viewer: Viewer, *, most: int = MOST) -> list[Passage]:
    """The first of the conversations that *query* is about, each with the message that it is cited by."""
    talks = in_order(query, query.filters.conversations(viewer)).select_related("customer")
    return passages(list(talks[: min(most, query.limit or most)]), query.filters)


def in_order(query: Query, talks: ConversationQuerySet) -> ConversationQuerySet:
    """*talks* in the order that was asked for; without one the last updated first."""
    return talks.order_by(*(OLDEST if query.order is Order.OLDEST else NEWEST))
