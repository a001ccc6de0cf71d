"""The time before the one that a number is about: as many days, ending where that begins.

Who was updated in the later days is no longer among those of the earlier ones, so by that these would always look like
fewer. What a number counts by when it was last updated is therefore compared by when it was opened, in both times.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sonora.chat.answers import figures, reach
from sonora.chat.answers.groups import opening
from sonora.chat.answers.rows import Figure
from sonora.chat.answers.talks import TooCommon
from sonora.chat.query import Query
from sonora.filters.dates import Between, Dates, Latest
from sonora.filters.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """*figure* is how many there were in the *days* days before; *start* is when those begin, in Unix seconds.

    *opened* is what it is compared with, where that is not the number itself: how many were opened in its own days.
    """

    figure: Figure
    days: int
    start: int
    opened: Figure | None = None


def before(asked: Query, viewer: Viewer) -> Before | None:
    """What *asked* would have found over as many days before its own.

    None where it asks for no days with a first one, for hours, or for two kinds of dates at once, and where there were
    too many with its text to count them.
    """
    span = asked.filters.of(part := reach.which(asked))
    days = _days(span, viewer) if span and not (asked.filters.updated and asked.filters.opened) else None
    if days is None:
        return None
    first, length = days
    earlier = Between(first - timedelta(days=length), first - timedelta(days=1))
    try:
        figure = _opened(asked, earlier, viewer)
        opened = _opened(asked, span, viewer) if part == "updated" else None
    except TooCommon:
        return None
    if figure.is_more or (opened and opened.is_more):
        return None
    return Before(figure=figure, days=length, start=earlier.bounds(viewer.now, viewer.zone)[0] or 0, opened=opened)


def _opened(asked: Query, span: Dates, viewer: Viewer) -> Figure:
    """What *asked* finds among the conversations that were opened in *span*."""
    query = opening(asked, asked.filters.without("updated").given("opened", span))
    number, is_more = figures.counted(query, viewer)
    return Figure(number=number, query=query, is_more=is_more)


def _days(span: Dates, viewer: Viewer) -> tuple[date, int] | None:
    """The first day of *span*, and how many days of it there were until now."""
    start, end = span.bounds(viewer.now, viewer.zone)
    if start is None or start > viewer.now or (isinstance(span, Latest) and span.unit == "hour"):
        return None
    last = min(viewer.now, viewer.now if end is None else end - 1)
    first, final = (datetime.fromtimestamp(at, viewer.zone).date() for at in (start, last))
    return first, (final - first).days + 1
