"""How many there are of each: by customer, person, tag, teammate, segment, state, sentiment or request."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from sonora.chat.answers import figures, labels
from sonora.chat.answers.labels import Key
from sonora.chat.answers.reached import Reached, own, reached
from sonora.chat.answers.rows import Figure, Row
from sonora.chat.query import Group, Intent, Metric, Order, Query
from sonora.conversations.models import ConversationContact, ConversationTag
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights.models import Evidence, Sentiment

MOST = 100  # rows
ENOUGH = 50_000  # conversations whose people are counted for each group; where there are more, some groups are left out
FEW = 5  # groups that are counted however many they have
FEELINGS = (Sentiment.NEGATIVE, Sentiment.MIXED, Sentiment.NEUTRAL, Sentiment.POSITIVE)
FIELDS = {
    Group.CUSTOMER: "customers",
    Group.PERSON: "people",
    Group.TAG: "tags.all",
    Group.TEAMMATE: "assignees",
    Group.SEGMENT: "tiers",
    Group.STATE: "states",
    Group.SENTIMENT: "sentiments",
    Group.REQUEST: "requests",
}

Some = QuerySet[Any]
Counted = tuple[Key, int]


class Found(NamedTuple):
    """The rows, and whether there are more."""

    rows: list[Row]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Source:
    """Where the groups of conversations are: the rows that link them, the column of the group, the way to the talk."""

    links: Callable[[Some], Some]
    key: str
    talk: str = ""  # the prefix of the conversation's own columns


def rows(query: Query, viewer: Viewer) -> Found:
    """A row for each group of *query* (which has one that is no time), in the order that was asked for."""
    assert query.group_by is not None  # noqa: S101 - whoever calls has looked
    most = query.limit or MOST
    counted, is_cut = _counted(query, viewer)
    counted.sort(key=lambda one: one[1], reverse=query.order is not Order.LEAST)
    shown = counted[:most]
    names = labels.of(query.group_by, [key for key, _ in shown])
    feelings = _feelings(query, viewer, [key for key, _ in shown]) if query.metric is Metric.SENTIMENT else {}
    found = [
        Row(label=names[key], key=key, figures=_figures(query, key, number, feelings.get(key, {})))
        for key, number in shown
        if key in names
    ]
    return Found(found, is_cut=is_cut or len(counted) > most)


def narrowed(query: Query, key: Key) -> FilterSet:
    """The filter of *query* for one of its groups alone."""
    part = FIELDS[query.group_by] if query.group_by else ""
    wanted = query.filters.of(part) | {key} if part == "tags.all" else frozenset({key})
    return query.filters.given(part, wanted)


def opening(query: Query, filters: FilterSet) -> Query:
    """The list behind a figure of *query* that counts what *filters* let pass."""
    metric = Metric.CONVERSATIONS if query.metric is Metric.SENTIMENT else query.metric
    return Query(intent=Intent.LIST, metric=metric, filters=filters)


def _figures(query: Query, key: Key, number: int, felt: dict[str, int]) -> tuple[Figure, ...]:
    filters = narrowed(query, key)
    own = Figure(number=number, query=opening(query, filters))
    if query.metric is not Metric.SENTIMENT:
        return (own,)
    return own, *(
        Figure(number=felt.get(label, 0), query=opening(query, filters.given("sentiments", frozenset({str(label)}))))
        for label in FEELINGS
    )


def _counted(query: Query, viewer: Viewer) -> tuple[list[Counted], bool]:
    """Each group's key and how many of the metric it has, ties in the order of the keys; and whether some are left out.

    Of many people only those of the groups with the most conversations are counted.
    """
    assert query.group_by is not None  # noqa: S101 - whoever calls has looked
    group, metric, shown = query.group_by, query.metric, query.filters
    if group is Group.SEGMENT and metric is Metric.CUSTOMERS:
        customers = figures.rows(metric, shown, viewer).filter(tier__gt="").order_by()
        return list(customers.values_list("tier").annotate(number=Count("pk", distinct=True)).order_by("tier")), False
    things, is_of_itself = reached(metric, shown, viewer), FIELDS[group].partition(".")[0] in own(metric, shown)
    if not is_of_itself and metric is not Metric.PEOPLE:
        return _each(query, things), False
    talks = sorted(_each(query, things.by_talks()), key=lambda one: -one[1])
    if is_of_itself:
        return _one_by_one(query, viewer, [key for key, _ in talks[:FEW]]), len(talks) > FEW
    first = talks[: max(FEW, bisect_right(list(accumulate(number for _, number in talks)), ENOUGH))]
    return _each(query, things, {key for key, _ in first}), len(talks) > len(first)


def _one_by_one(query: Query, viewer: Viewer, keys: list[Key]) -> list[Counted]:
    """Each by the filter of its own list, in one statement: who works for a customer may have talked for another."""
    wanted = {key: query.narrowed(narrowed(query, key)) for key in keys}
    numbers = figures.counts(list(wanted.values()), viewer)
    return list(zip(wanted, numbers, strict=True))


def _each(query: Query, things: Reached, keys: Collection[Key] = ()) -> list[Counted]:
    """How many of *things* there are of each group, or of those of *keys* alone."""
    source, links = _links(query, things.talks)
    if keys:
        nobodys = Q(**{f"{source.key}__isnull": True}) if None in keys else Q()
        links = links.filter(Q(**{f"{source.key}__in": [key for key in keys if key is not None]}) | nobodys)
    counted = links.filter(things.counts(source.talk)).values_list(source.key)
    return list(counted.annotate(number=things.number(source.talk)).order_by(source.key))


def _feelings(query: Query, viewer: Viewer, keys: Sequence[Key]) -> dict[Key, dict[str, int]]:
    source, links = _links(query, query.filters.conversations(viewer))
    felt, shown = f"{source.talk}sentiment__label", {f"{source.talk}connection__analyse_sentiment": True}
    wanted = {f"{source.key}__in": [key for key in keys if key is not None], f"{felt}__isnull": False}
    some = links.filter(**wanted, **shown)
    counts: dict[Key, dict[str, int]] = {}
    for key, label, number in some.values_list(source.key, felt).annotate(Count(f"{source.talk}pk", distinct=True)):
        counts.setdefault(key, {})[label] = number
    return counts


def _links(query: Query, talks: Some) -> tuple[Source, Some]:
    """What links *talks* to the groups of *query*; where its filter names some of these, only to them."""
    assert query.group_by is not None  # noqa: S101 - whoever calls has looked
    source = SOURCES[query.group_by]
    links = source.links(talks.order_by()).order_by()
    named = query.filters.of(FIELDS[query.group_by])
    if query.group_by is Group.TAG:
        named = query.filters.tags.named - query.filters.tags.none if query.intent is Intent.COMPARE else None
    if query.group_by in {Group.TAG, Group.PERSON, Group.REQUEST} and named:
        links = links.filter(Q(**{f"{source.key}__in": named}))
    return source, links


def _felt(talks: Some) -> Some:
    return talks.filter(sentiment__isnull=False, connection__analyse_sentiment=True)


def _tagged(talks: Some) -> Some:
    return ConversationTag.objects.filter(conversation__in=talks.values("pk"), tag__deleted_at__isnull=True)


def _taking_part(talks: Some) -> Some:
    return ConversationContact.objects.filter(conversation__in=talks.values("pk"), contact__person__isnull=False)


def _asking(talks: Some) -> Some:
    listed = {"request__merged_into__isnull": True, "request__dismissed": False, "request__mentions__gt": 0}
    return Evidence.objects.all().counted().filter(conversation__in=talks.values("pk"), **listed)


SOURCES = {
    Group.CUSTOMER: Source(lambda talks: talks.filter(customer__isnull=False), "customer"),
    Group.TEAMMATE: Source(lambda talks: talks, "assignee"),
    Group.STATE: Source(lambda talks: talks.exclude(state=""), "state"),
    Group.SEGMENT: Source(lambda talks: talks.filter(customer__tier__gt=""), "customer__tier"),
    Group.SENTIMENT: Source(_felt, "sentiment__label"),
    Group.TAG: Source(_tagged, "tag", "conversation__"),
    Group.PERSON: Source(_taking_part, "contact__person", "conversation__"),
    Group.REQUEST: Source(_asking, "request", "conversation__"),
}
