"""The answer to a typed query: a sentence or two, a figure, rows, and the messages that it rests on."""

from contextlib import suppress
from dataclasses import dataclass, field, replace

from sonora.chat.answers import buckets, citing, figures, groups, sentences, times
from sonora.chat.answers.groups import FEELINGS, opening
from sonora.chat.answers.passages import Passage, passages
from sonora.chat.answers.rows import Figure, Row, Rows
from sonora.chat.answers.talks import TooCommon
from sonora.chat.query import Intent, Metric, Order, Query
from sonora.conversations.models import Conversation
from sonora.filters.viewer import Viewer
from sonora.insights.models import Sentiment

LISTED = 10  # conversations of an answer that are seen at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said in answer to *query*: *count* is how many pass; *nearest* would show most where none does.

    *talks* are the first of the conversations that it is about, `LISTED` at most.
    *is_refused*: its text is too common to count what was asked for; *count* is of the conversations, and says so.
    """

    query: Query
    count: Figure
    text: str
    table: Rows | None = None
    talks: list[Conversation] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    nearest: "Nearest | None" = None
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The part of the filter (its key) without which something is found, and how much that is."""

    part: str
    count: Figure


def answer(query: Query, viewer: Viewer) -> Answer:
    """The answer to *query* over the current scope, as *viewer* may see it now."""
    try:
        return _answer(query, viewer)
    except TooCommon as found:
        return _refused(query, found, viewer)


def _answer(query: Query, viewer: Viewer) -> Answer:
    count = counted(query, viewer)
    if not count.number:
        return Answer(query=query, count=count, text=sentences.nothing(query), nearest=nearest(query, viewer))
    rows = table(query, viewer)
    talks = citing.first(query, viewer, most=LISTED)
    return Answer(
        query=query,
        count=count,
        text=sentences.said(query, count, rows),
        table=rows,
        talks=talks,
        passages=passages(talks[: citing.MOST], query.filters),
    )


def _refused(query: Query, found: TooCommon, viewer: Viewer) -> Answer:
    """How many conversations there are at least, in the place of what would take too long to count."""
    talks = Query(filters=found.filters)
    return Answer(
        query=query,
        count=Figure(number=found.number, query=talks, is_more=True),
        text=f"{sentences.at_least(talks, found.number)} {sentences.too_common(query)}",
        passages=citing.citations(talks, viewer),
        is_refused=True,
    )


def counted(query: Query, viewer: Viewer) -> Figure:
    """How many pass *query*. Raises TooCommon where these are no conversations."""
    number, is_more = figures.counted(query, viewer)
    return Figure(number=number, query=opening(query, query.filters), is_more=is_more)


def table(query: Query, viewer: Viewer) -> Rows | None:
    """The table of *query*; a plain list has none: it is a list of the things themselves. Raises TooCommon."""
    columns: tuple[str, ...] = (sentences.noun(query).capitalize(),)
    if query.metric is Metric.SENTIMENT:
        columns = ("Conversations", *(str(label.label) for label in FEELINGS))
    if query.group_by is not None and query.group_by.is_time:
        over_time = buckets.rows(query, viewer)
        title = over_time.width.value.capitalize()
        if query.intent is Intent.TOP:
            return Rows(title=title, columns=columns, rows=_ranked(query, over_time.rows), is_cut=over_time.is_cut)
        return Rows(title=title, columns=columns, rows=over_time.rows, is_cut=over_time.is_cut, is_time=True)
    if query.group_by is not None:
        found = groups.rows(query, viewer)
        return Rows(title=query.group_by.value.capitalize(), columns=columns, rows=found.rows, is_cut=found.is_cut)
    if query.intent is Intent.COMPARE and query.against:
        return Rows(title="Time", columns=columns[:1], rows=times.rows(query, viewer))
    if query.metric is Metric.SENTIMENT:
        return Rows(title="Sentiment", columns=("Conversations",), rows=_feelings(query, viewer))
    return None


def _ranked(query: Query, rows: list[Row]) -> list[Row]:
    """Times by how many there are in them, as many as were asked for."""
    most_first = query.order is not Order.LEAST
    return sorted(rows, key=lambda row: row.figures[0].number, reverse=most_first)[: query.limit]


def _feelings(query: Query, viewer: Viewer) -> list[Row]:
    by_label = replace(query, metric=Metric.CONVERSATIONS, group_by=sentences.BY_FEELING)
    found = {row.key: row for row in groups.rows(by_label, viewer).rows}
    return [found[str(label)] for label in Sentiment if str(label) in found]


def nearest(query: Query, viewer: Viewer) -> Nearest | None:
    """The one of the suspected parts of the filter of *query*, which finds nothing, whose removal shows most."""
    best: Nearest | None = None
    for part in query.filters.suspects:
        rest = query.narrowed(query.filters.without(part))
        with suppress(TooCommon):  # of what can't be counted nobody knows whether it shows most
            number, is_more = figures.counted(rest, viewer)
            if number > (best.count.number if best else 0):
                best = Nearest(part=part, count=Figure(number=number, query=rest, is_more=is_more))
    return best
