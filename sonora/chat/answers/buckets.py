"""Figures over time: one for each day, week, month or quarter in the viewer's time zone."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Max, Min, QuerySet

from sonora.chat.answers import figures
from sonora.chat.answers.groups import FEELINGS, opening
from sonora.chat.answers.rows import Figure, Row
from sonora.chat.interpreter import days
from sonora.chat.query import Group, Metric, Query
from sonora.filters.dates import Between, Latest, first_of
from sonora.filters.viewer import Viewer

SLOT = 900  # seconds: every time zone begins its days at a multiple of it
MOST = 60  # buckets; of more, wider ones are shown
ONE_BY_ONE = 5  # buckets, the last ones, whose customers, people or requests are counted each by a question of its own
WIDER = {Group.DAY: Group.WEEK, Group.WEEK: Group.MONTH, Group.MONTH: Group.QUARTER}
COLUMNS = {"opened": "created_at", "updated": "updated_at"}


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
    part = which(query)
    query = _whole_days(query, viewer)
    talks = query.filters.conversations(viewer).order_by()
    width, buckets = _buckets(query, viewer, talks)
    if query.metric in {Metric.CONVERSATIONS, Metric.SENTIMENT}:
        counts = _counts(talks, COLUMNS[part], buckets)
        return Found(width, [_row(query, width, bucket, counts[bucket]) for bucket in buckets])
    shown = buckets[-ONE_BY_ONE:]
    counted = [_row(query, width, bucket, {"": _own(query, bucket, viewer)}) for bucket in shown]
    return Found(width, counted, is_cut=len(shown) < len(buckets))


def _whole_days(query: Query, viewer: Viewer) -> Query:
    """Hours as the days that they touch: a bucket is a day at least, and opens all of it."""
    span = query.filters.of(which(query))
    if not (isinstance(span, Latest) and span.unit == "hour"):
        return query
    first, _ = span.bounds(viewer.now, viewer.zone)
    days_of_it = Between(_day(first or 0, viewer), _day(viewer.now, viewer))
    return query.narrowed(query.filters.given(which(query), days_of_it))


def which(query: Query) -> str:
    """The part of the filter that says when: opened, unless the question is about updates."""
    return "updated" if query.filters.updated and not query.filters.opened else "opened"


def within(query: Query, bucket: Bucket) -> Query:
    """The list behind the figure of one bucket."""
    return opening(query, query.filters.given(which(query), Between(bucket.first, bucket.last)))


def _own(query: Query, bucket: Bucket, viewer: Viewer) -> int:
    return figures.count(replace(within(query, bucket), metric=query.metric), viewer)


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


def _counts(talks: QuerySet[Any], column: str, buckets: list[Bucket]) -> dict[Bucket, dict[str, int]]:
    """How many of *talks* fall into each bucket, by sentiment; "" stands for those without one."""
    found: dict[Bucket, dict[str, int]] = {bucket: {} for bucket in buckets}
    slot = ExpressionWrapper(F(column) / SLOT, output_field=BigIntegerField())
    slots = talks.filter(**{f"{column}__isnull": False}).values_list(slot, "sentiment__label")
    starts = [bucket.start for bucket in buckets]
    for place, label, number in slots.annotate(Count("pk", distinct=True)).order_by():
        at = bisect_right(starts, place * SLOT) - 1
        if at >= 0 and place * SLOT < buckets[at].end:
            felt = found[buckets[at]]
            felt[label or ""] = felt.get(label or "", 0) + number
    return found


def _buckets(query: Query, viewer: Viewer, talks: QuerySet[Any]) -> tuple[Group, list[Bucket]]:
    assert query.group_by is not None  # noqa: S101 - whoever calls has looked
    first, last = _reach(query, viewer, talks)
    width = query.group_by
    if first is None or last is None:
        return width, []
    while (buckets := list(_between(first, last, width, viewer))) and len(buckets) > MOST and width in WIDER:
        width = WIDER[width]
    return width, buckets[-MOST:]


def _reach(query: Query, viewer: Viewer, talks: QuerySet[Any]) -> tuple[date | None, date | None]:
    """The first and the last day: of the filter, and where it is open, of the conversations that pass."""
    part = which(query)
    span = query.filters.of(part)
    start, end = span.bounds(viewer.now, viewer.zone) if span else (None, None)
    column = COLUMNS[part]
    held = talks.aggregate(first=Min(column), last=Max(column))
    if held["first"] is None:
        return None, None
    until = held["last"] if end is None else min(end - 1, max(viewer.now, held["last"]))
    return _day(held["first"] if start is None else start, viewer), _day(until, viewer)


def _between(first: date, last: date, width: Group, viewer: Viewer) -> Iterator[Bucket]:
    """The buckets that hold the days from *first* to *last*; those at both ends are cut there."""
    begin = first_of(first, width)
    while begin <= last:
        end = days.end(begin, width)
        shown = Between(max(begin, first), min(end, last))
        start, stop = shown.bounds(viewer.now, viewer.zone)
        if shown.first and shown.last:
            yield Bucket(shown.first, shown.last, start or 0, stop or 0)
        begin = end + timedelta(days=1)


def _day(moment: int, viewer: Viewer) -> date:
    return datetime.fromtimestamp(moment, viewer.zone).date()
