"""One turn of a thread, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sonora.chat.answers import answering, sentences
from sonora.chat.answers.answering import Answer
from sonora.chat.answers.rows import Figure, Rows
from sonora.chat.models import Thread, Turn
from sonora.chat.query import Metric, Query
from sonora.conversations.models import Conversation
from sonora.filters.chips import Pairs
from sonora.filters.filterset import Asked
from sonora.filters.parts import BY_KEY
from sonora.filters.viewer import Viewer
from sonora.screens.chat import addresses, offers, sources, things, whose, within, working
from sonora.screens.chat.charts import Chart, chart
from sonora.screens.chat.offers import Offer
from sonora.screens.chat.sources import Marker
from sonora.screens.chat.things import Thing
from sonora.screens.chat.working import Working
from sonora.screens.filters.bar import Bar, bar
from sonora.screens.filters.place import Place
from sonora.workspaces.models import Membership

SHOWN = answering.LISTED  # rows of an answer that are seen at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    number: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The answer of one turn, with the address of everything that it counts."""

    answer: Answer
    bar: Bar
    kept: Sequence[str]  # parts of the filter that the question before it said
    noun: str  # what is counted
    count_url: str
    customers: Cell | None  # to whom the conversations that are counted belong
    lines: Sequence[Line]
    things: Sequence[Thing]
    talks: Sequence[Conversation]
    markers: Sequence[Marker]
    more: int  # things and conversations that are not shown
    chart: Chart | None
    offer: Offer | None
    csv_url: str
    canvas_url: str
    working: Working
    is_edited: bool
    before: str  # what a follow-up is asked within, where that is not what the turn meant
    clear_url: str  # the same without a filter; empty where there is none

    @property
    def first_lines(self) -> Sequence[Line]:
        return self.lines[:SHOWN]

    @property
    def other_lines(self) -> Sequence[Line]:
        return self.lines[SHOWN:]


def of(
    turn: Turn,
    query: Query,
    asked: Asked,
    viewer: Viewer,
    place: Place,
    *,
    turns: Sequence[Turn],
    tags_problem: str = "",
) -> Shown:
    """The answer to *query*, which is the turn's own or what somebody made of its chips (*asked*), at *place*.

    *turns* are all of its thread, the first one first.
    """
    answer = answering.answer(query, viewer)
    is_list = answer.table is None and not answer.is_refused
    named = things.some(query, viewer, most=SHOWN) if is_list else []
    talks = answer.talks if is_list and query.metric is Metric.CONVERSATIONS else []
    chips = bar(asked, viewer, place, tags_problem=tags_problem)
    return Shown(
        answer=answer,
        bar=chips,
        kept=_kept(turns, turn, query),
        noun=sentences.noun(answer.count.query or query, answer.count.number),
        count_url=url(answer.count),
        customers=_cell(whose.customers(query, answer.count, viewer)),
        lines=lines(answer.table) if answer.table else [],
        things=named,
        talks=talks,
        markers=sources.markers(answer.passages, query.filters),
        more=max(answer.count.number - len(named or talks), 0) if named or talks else 0,
        chart=chart(answer.table) if answer.table and answer.table.is_time else None,
        offer=offers.of(answer, place.path),
        csv_url=f"{reverse('export-turn', args=[turn.thread_id, turn.pk])}?{urlencode(query.pairs)}",
        canvas_url=f"{reverse('add-block')}?{urlencode([('prompt', turn.question), *query.pairs])}",
        working=working.of(answer, chips),
        is_edited=query != turn.meant,
        before=within.written(query) if query != turn.meant else "",
        clear_url="" if query.filters.is_empty else f"{place.path}?{urlencode(shape(query))}",
    )


def shape(query: Query) -> Pairs:
    """The part of the address of *query* that is no filter."""
    own = {name for name, _ in query.filters.pairs}
    return tuple((name, value) for name, value in query.pairs if name not in own)


def lines(table: Rows) -> list[Line]:
    """The rows of *table*, each figure with the address of what it counts."""
    return [
        Line(label=row.label, cells=[Cell(number=one.number, url=url(one)) for one in row.figures])
        for row in table.rows
    ]


def _cell(figure: Figure | None) -> Cell | None:
    return Cell(number=figure.number, url=url(figure)) if figure and figure.number else None


def turns_of(thread: int, member: Membership) -> list[Turn]:
    """The questions of *thread* (a primary key), the first one first; none where *member* may not read it."""
    readable = Thread.objects.all().open_to(member).filter(pk=thread)
    return list(Turn.objects.filter(thread__in=readable).select_related("thread").order_by("pk"))


def _kept(turns: Sequence[Turn], turn: Turn, query: Query) -> list[str]:
    """What the filter keeps of the last question before it that was understood, by name."""
    meant = next((one.meant for one in reversed(turns) if one.pk < turn.pk and one.query), None)
    if meant is None:
        return []
    same = [part for part in query.filters.parts if meant.filters.of(part) == query.filters.of(part)]
    return [BY_KEY[part].label for part in same]


def url(figure: Figure) -> str:
    """The address of what *figure* counts; empty where nothing can be opened."""
    return addresses.of(figure.query) if figure.query else ""
