"""What a block shows: the same figures that chat answers with, over what both the canvas and the block let pass."""

from dataclasses import dataclass, field, replace

from sonora.canvas import combining, kinds
from sonora.canvas.combining import Both
from sonora.canvas.kinds import Kind
from sonora.chat.answers import answering, citing, sentences
from sonora.chat.answers.passages import Passage
from sonora.chat.answers.rows import Figure, Rows
from sonora.chat.answers.talks import TooCommon
from sonora.chat.query import Query
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer

TABULAR = {Kind.TABLE, Kind.BARS, Kind.LINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """*query* is what was asked after all; where that was impossible, or not all of it was, *both* says why.

    *count* is how many pass, of a table only where nothing in it says that any do. *whole*, of a number: how many pass
    the canvas alone. *text* and *passages* are those of a text.
    """

    query: Query
    kind: Kind
    both: Both
    count: Figure | None = None
    whole: Figure | None = None
    table: Rows | None = None
    text: str = ""
    passages: list[Passage] = field(default_factory=list)


def result(query: Query, kind: Kind, canvas: FilterSet, viewer: Viewer) -> Result:
    """What *query* finds within *canvas*, as *kind* shows it.

    Raises ValueError where *kind* cannot, TooCommon where its text is too common to count by anything.
    """
    asked = kinds.fitted(query, kind)
    both = combining.both(canvas, asked.filters, metric=asked.metric, viewer=viewer)
    asked = asked.narrowed(both.filters)
    if both.contradicted:
        return Result(query=asked, kind=kind, both=both)
    table = answering.table(asked, viewer) if kind in TABULAR else None
    if table is not None and table.has_figures:
        return Result(query=asked, kind=kind, both=both, table=table)
    count = answering.counted(asked, viewer)
    if not count.number:
        return Result(query=asked, kind=kind, both=both, count=count)
    if kind is Kind.TEXT:
        return _told(Result(query=asked, kind=kind, both=both, count=count), count, viewer)
    is_part = kind is Kind.METRIC and not count.is_more and not both.unsayable
    whole = _whole(asked, canvas, viewer) if is_part else None
    return Result(query=asked, kind=kind, both=both, count=count, whole=whole, table=table)


def _told(found: Result, count: Figure, viewer: Viewer) -> Result:
    """*found* in words, with the messages that they rest on."""
    table = answering.table(found.query, viewer)
    text, passages = sentences.said(found.query, count, table), citing.citations(found.query, viewer)
    return replace(found, table=table, text=text, passages=passages)


def _whole(asked: Query, canvas: FilterSet, viewer: Viewer) -> Figure | None:
    """What the number is a share of; None where the block narrows nothing, or nobody can count that whole."""
    if asked.filters == canvas:
        return None
    try:
        whole = answering.counted(asked.narrowed(canvas), viewer)
    except TooCommon:
        return None
    return None if whole.is_more else whole
