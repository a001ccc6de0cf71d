"""The first rows of a list: people, other things, or conversations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sonora.chat.answers import citing
from sonora.chat.query import Metric, Query
from sonora.conversations.models import Conversation
from sonora.filters.viewer import Viewer
from sonora.screens.canvas import people
from sonora.screens.canvas.people import Somebody
from sonora.screens.chat import things
from sonora.screens.chat.things import Thing

ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Rows of one of these kinds."""

    people: Sequence[Somebody] = ()
    things: Sequence[Thing] = ()
    talks: Sequence[Conversation] = ()


def listed(query: Query, viewer: Viewer, *, feels: bool) -> Listed:
    """The first of what *query* lists, as many as it says, or a few. *feels*: sentiment is analysed."""
    most = query.limit or ROWS
    if query.metric is Metric.PEOPLE:
        return Listed(people=people.some(query, viewer, most=most, feels=feels))
    if query.metric in things.ORDER:
        return Listed(things=things.some(query, viewer, most=most))
    return Listed(talks=list(citing.listed(query, viewer)[:most]))
