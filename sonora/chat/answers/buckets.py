"""Figures over time: one for each day, week, month or quarter in the viewer's time zone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from sonora.chat.answers import moods, reach, timed
from sonora.chat.answers.groups import FEELINGS, opening
from sonora.chat.answers.reach import COLUMNS, which
from sonora.chat.answers.reached import links, of_few, reached
from sonora.chat.answers.rows import Figure, Row
from sonora.chat.answers.timed import Span
from sonora.chat.interpreter.stretches import end as end_of
from sonora.chat.query import Group, Metric, Query
from sonora.filters.dates import Between, Latest, first_of
from sonora.filters.viewer import Viewer
from sonora.insights import showing

MOST = 60  # buckets; of more, wider ones are shown
ENOUGH = 50_000  # conversations whose people are counted; where there are more, the first buckets are left out
FEW = 2  # buckets that are counted however many they have
WIDER = {Group.DAY: Group.WEEK, Group.WEEK: Group.MONTH, Group.MONTH: Group.QUARTER}


@dataclass(frozen=True, slots=True)
class Bucket:
    """The whole days from *first* to *last*; *start* and *end* in Unix seconds, the end belongs to the next one."""

    first: date
    last: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The rows, oldest first, the width that they have after all, and whether earlier ones are left out."""

    width: Group
    rows: list[Row]
    is_cut: bool = False


def rows(query: Query, viewer: Viewer) -> Found:
    """The rows of *query*, which is grouped by time."""
    query = _whole_days(query, viewer)
    width, buckets = _buckets(query, viewer)
    shown = _last(query, viewer, buckets) if query.metric is Metric.PEOPLE else buckets
    counts = _counts(query, viewer, shown)
    rows = [_row(query, width, bucket, counts[bucket]) for bucket in shown]
    return Found(width, rows, is_cut=len(shown) < len(buckets))


def _last(query: Query, viewer: Viewer, buckets: list[Bucket]) -> list[Bucket]:
    """Those whose people are counted: of very many conversations the last ones."""
    talks, column = reached(query.metric, query.filters, viewer).talks, COLUMNS[which(query)]
    before = list(talks.order_by(f"-{column}").values_list(column, flat=True)[ENOUGH : ENOUGH + 1])
    within_enough = [bucket for bucket in buckets if not before or bucket.start > (before[0] or 0)]
    return max(within_enough, buckets[-FEW:], key=len)


def _whole_days(query: Query, viewer: Viewer) -> Query:
    """Hours as the days that they touch: a bucket is a day at least, and opens all of it."""
    span = query.filters.of(which(query))
    if not (isinstance(span, Latest) and span.unit == "hour"):
        return query
    first, _ = span.bounds(viewer.now, viewer.zone)
    days_of_it = Between(_day(first or 0, viewer), _day(viewer.now, viewer))
    return query.narrowed(query.filters.given(which(query), days_of_it))


def within(query: Query, bucket: Bucket) -> Query:
    """The list behind the figure of one bucket."""
    return opening(query, query.filters.given(which(query), Between(bucket.first, bucket.last)))


def _row(query: Query, width: Group, bucket: Bucket, counts: dict[str, int]) -> Row:
    behind = within(query, bucket)
    own = Figure(number=sum(counts.values()), query=behind)
    felt = [
        Figure(
            number=counts.get(str(label), 0),
            query=behind.narrowed(behind.filters.given("sentiments", frozenset({str(label)}))),
        )
        for label in (FEELINGS if query.metric is Metric.SENTIMENT else ())
    ]
    return Row(label=_label(bucket.first, width), key=bucket.first.isoformat(), figures=(own, *felt))


def _label(first: date, width: Group) -> str:
    match width:
        case Group.MONTH:
            return f"{first:%b %Y}"
        case Group.QUARTER:
            return f"Q{(first.month + 2) // 3} {first.year}"
        case _:
            return f"{first.day} {first:%b %Y}"


def _counts(query: Query, viewer: Viewer, buckets: list[Bucket]) -> dict[Bucket, dict[str, int]]:
    """How many of its metric there are in each of *buckets*; of sentiment by label, "" for those without one."""
    found: dict[Bucket, dict[str, int]] = {bucket: {} for bucket in buckets}
    for place, label, number in _numbers(query, viewer, buckets) if buckets else ():
        found[buckets[place]][label or ""] = number
    return found


def _numbers(query: Query, viewer: Viewer, buckets: list[Bucket]) -> Iterable[tuple[int, str | None, int]]:
    """By the place of the bucket and the label. What is much is counted span by span, the rest in one go."""
    spans = [(bucket.start, bucket.end) for bucket in buckets]
    if query.metric is Metric.SENTIMENT and query.filters.without("opened").is_empty:
        return moods.counts(spans)
    if query.metric is Metric.PEOPLE:
        return _people(query, viewer, spans)
    things, column = reached(query.metric, query.filters, viewer), COLUMNS[which(query)]
    talks = timed.within(things.talks, column, (spans[0][0], spans[-1][1])).filter(things.counts).order_by()
    label = showing.label() if query.metric is Metric.SENTIMENT else Value("")
    return talks.values_list(_place(column, [start for start, _ in spans]), label).annotate(things.number())


def _people(query: Query, viewer: Viewer, spans: Sequence[Span]) -> list[tuple[int, str, int]]:
    talks, column = reached(query.metric, query.filters, viewer).talks, COLUMNS[which(query)]
    theirs = links(query.filters, viewer)

    def of(span: Span) -> QuerySet[Any]:
        return of_few(theirs, timed.within(talks, column, span))

    number = Count("person", distinct=True)
    return [(place, "", many) for place, many in timed.numbers(of, spans, number=number)]


def _place(column: str, starts: list[int], first: int = 0) -> Case | Value:
    """In which of the spans that begin at *starts* and follow each other *column* lies, as a number from *first* on."""
    if len(starts) == 1:
        return Value(first)
    half = len(starts) // 2
    is_earlier = Q(**{f"{column}__lt": starts[half]})
    return Case(
        When(is_earlier, then=_place(column, starts[:half], first)), default=_place(column, starts[half:], first + half)
    )


def _buckets(query: Query, viewer: Viewer) -> tuple[Group, list[Bucket]]:
    assert query.group_by is not None  # noqa: S101 - whoever calls has looked
    first, last = _reach(query, viewer)
    width = query.group_by
    if first is None or last is None:
        return width, []
    while (buckets := list(_between(first, last, width, viewer))) and len(buckets) > MOST and width in WIDER:
        width = WIDER[width]
    return width, buckets[-MOST:]


def _reach(query: Query, viewer: Viewer) -> tuple[date | None, date | None]:
    """The first and the last day: of the filter, and where it is open, of the conversations that pass."""
    part, today = which(query), _day(viewer.now, viewer)
    span = query.filters.of(part)
    start, end = span.bounds(viewer.now, viewer.zone) if span else (None, None)
    if start is not None and end is not None and _day(end - 1, viewer) <= today:
        return _day(start, viewer), _day(end - 1, viewer)
    _, earliest, latest = reach.of(query, viewer)
    if earliest is None or latest is None:
        return None, None
    until = latest if end is None else min(end - 1, max(viewer.now, latest))
    return _day(earliest if start is None else start, viewer), _day(until, viewer)


def _between(first: date, last: date, width: Group, viewer: Viewer) -> Iterator[Bucket]:
    """The buckets that hold the days from *first* to *last*; those at both ends are cut there."""
    begin = first_of(first, width)
    while begin <= last:
        end = end_of(begin, width)
        shown = Between(max(begin, first), min(end, last))
        start, stop = shown.bounds(viewer.now, viewer.zone)
        if shown.first and shown.last:
            yield Bucket(shown.first, shown.last, start or 0, stop or 0)
        begin = end + timedelta(days=1)


def _day(moment: int, viewer: Viewer) -> date:
    return datetime.fromtimestamp(moment, viewer.zone).date()
