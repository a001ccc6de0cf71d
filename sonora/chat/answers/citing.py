"""Which conversations an answer rests on, and the words in them."""

from sonora.chat.answers.passages import Passage, passages
from sonora.chat.query import Order, Query
from sonora.conversations.models import Conversation, ConversationQuerySet
from sonora.filters.rows import standings, texts
from sonora.filters.viewer import Viewer

MOST = 5  # citations of one answer
NEWEST, OLDEST = ("-updated_at", "-pk"), ("updated_at", "pk")


def citations(query: Query, viewer: Viewer, *, most: int = MOST) -> list[Passage]:
    """The first of the conversations that *query* is about, each with the message that it is cited by."""
    return passages(first(query, viewer, most=most), query.filters)


def first(query: Query, viewer: Viewer, *, most: int) -> list[Conversation]:
    """The first *most* of the conversations that *query* is about, or as many as it asks for."""
    return list(listed(query, viewer)[: min(most, query.limit or most)])


def listed(query: Query, viewer: Viewer) -> ConversationQuerySet:
    """The conversations that *query* is about, with their customers, in the order that was asked for.

    Without one the last updated come first; a page of them is looked for, whatever text very many hold.
    """
    shown = query.filters
    plan = texts.plan(shown.text, viewer, is_page=True) if shown.text else None
    order = OLDEST if query.order is Order.OLDEST else NEWEST
    found = shown.conversations(viewer, plan=plan).select_related("customer").order_by(*order)
    return found.filter(standings.as_old(shown, viewer)) if order is NEWEST else found
