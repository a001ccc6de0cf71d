"""How many conversations a question over time is about, and when the first and the last of them were: one look for all.

The count of an answer and its buckets ask one after the other; of a common tag each look reads every conversation.
"""

from typing import NamedTuple

from django.db.models import Count, Max, Min

from sonora.chat.answers.reached import reached
from sonora.chat.query import Query
from sonora.filters.viewer import Viewer

COLUMNS = {"opened": "created_at", "updated": "updated_at"}


class Reach(NamedTuple):
    """*first* and *last* in Unix seconds; None where no conversation has a time."""

    number: int
    first: int | None
    last: int | None


def of(query: Query, viewer: Viewer) -> Reach:
    """The reach of the conversations of *query*, asked once where *viewer* remembers. Raises TooCommon."""
    column = COLUMNS[which(query)]
    talks = reached(query.metric, query.filters, viewer).talks

    def look() -> Reach:
        return Reach(**talks.aggregate(number=Count("pk"), first=Min(column), last=Max(column)))

    return viewer.once(("reach", query.metric, query.filters), look)


def which(query: Query) -> str:
    """The part of the filter that says when: opened, unless the question is about updates."""
    return "updated" if query.filters.updated and not query.filters.opened else "opened"
