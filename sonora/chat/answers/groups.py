"""How many there are of each: by customer, person, tag, teammate, segment, state, sentiment or request."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from django.db.models import Count, F, Q

from sonora.chat.answers import figures, labels, talks
from sonora.chat.answers.labels import Key
from sonora.chat.answers.reached import OWN, PERSON, REQUEST, Reached, links, of_few, reached
from sonora.chat.answers.rows import Figure, Row
from sonora.chat.query import Group, Intent, Metric, Order, Query
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights import showing
from sonora.insights.models import Evidence, Sentiment

MOST = 100  # rows
ENOUGH = 30_000  # conversations whose people are counted for each group; where there are more, some groups are left out
AT_ONCE = 2 * ENOUGH  # conversations that are listed before who takes part in them is looked for
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

EVERY = Q()
Counted = tuple[Key, int]


class Found(NamedTuple):
    """The rows, and whether there are more."""

    rows: list[Row]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Source:
    """How a conversation leads to its group: to the key of one, or *is_many*, as far as *counts* is true on the way."""

    key: str
    counts: Q = EVERY
    is_many: bool = False


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
    things, is_of_itself = reached(metric, shown, viewer), FIELDS[group] in OWN.get(metric, ())
    if not is_of_itself and metric is not Metric.PEOPLE:
        return _each(query, things), False
    each = _each(query, things.by_talks())
    largest = sorted(each, key=lambda one: -one[1])
    if is_of_itself:
        return _one_by_one(query, viewer, [key for key, _ in largest[:FEW]]), len(largest) > FEW
    first = set(largest[: max(FEW, bisect_right(list(accumulate(number for _, number in largest)), ENOUGH))])
    return _people(query, viewer, [one for one in each if one in first]), len(largest) > len(first)


def _one_by_one(query: Query, viewer: Viewer, keys: list[Key]) -> list[Counted]:
    """Each by the filter of its own list, in one statement: who works for a customer may have talked for another."""
    wanted = {key: query.narrowed(narrowed(query, key)) for key in keys}
    numbers = figures.counts(list(wanted.values()), viewer)
    return list(zip(wanted, numbers, strict=True))


def _people(query: Query, viewer: Viewer, groups: list[Counted]) -> list[Counted]:
    """How many people there are of each of *groups*, which say how many conversations they have."""
    source, things = _source(query), reached(query.metric, query.filters, viewer)
    keys = {key for key, _ in groups}
    if source.is_many:
        return _each(query, things, keys)
    if sum(number for _, number in groups) > AT_ONCE:
        return _pairs(query, things, [key for key, _ in groups])
    theirs = of_few(links(query.filters, viewer), things.talks.filter(_led(query) & _among(source, keys)))
    group = f"conversation__{source.key}"
    return list(theirs.order_by().values_list(group).annotate(Count("person", distinct=True)).order_by(group))


def _pairs(query: Query, things: Reached, keys: Sequence[Key]) -> list[Counted]:
    """The same of `FEW` groups with very many: who is in which, each once. Sorting all of each group takes longer."""
    source = _source(query)
    led = things.talks.filter(_led(query) & things.counts & _among(source, keys)).order_by()
    pairs = led.values(group=F(source.key), one=F(things.path)).distinct()
    numbers = {f"number{at}": Count("one", filter=_among(Source("group"), [key])) for at, key in enumerate(keys)}
    found = pairs.aggregate(**numbers)
    return [(key, found[name]) for key, name in zip(keys, numbers, strict=True)]


def _each(query: Query, things: Reached, keys: Collection[Key] = ()) -> list[Counted]:
    """How many of *things* there are of each group, or of those of *keys* alone."""
    source = _source(query)
    links = things.talks.filter(_led(query) & things.counts & (_among(source, keys) if keys else Q()))
    number = things.number(is_many=source.is_many)
    return list(links.order_by().values_list(source.key).annotate(number=number).order_by(source.key))


def _feelings(query: Query, viewer: Viewer, keys: Sequence[Key]) -> dict[Key, dict[str, int]]:
    source, shown = _source(query), Q(sentiment__isnull=False) & showing.is_shown()
    felt = talks.passing(query.filters, viewer).filter(_led(query) & shown & _among(source, keys)).order_by()
    counts: dict[Key, dict[str, int]] = {}
    by = felt.values_list(source.key, "sentiment__label")
    for key, label, number in by.annotate(Count("pk", distinct=source.is_many)):
        counts.setdefault(key, {})[label] = number
    return counts


def _source(query: Query) -> Source:
    assert query.group_by is not None  # noqa: S101 - whoever calls has looked
    return SOURCES[query.group_by]


def _led(query: Query) -> Q:
    """That a conversation leads to a group of *query*; where its filter names some of these, to one of them."""
    named = query.filters.of(FIELDS[query.group_by]) if query.group_by else None
    if query.group_by is Group.TAG:
        named = query.filters.tags.named - query.filters.tags.none if query.intent is Intent.COMPARE else None
    is_narrowed = query.group_by in {Group.TAG, Group.PERSON, Group.REQUEST} and named
    return _source(query).counts & (Q(**{f"{_source(query).key}__in": named}) if is_narrowed else Q())


def _among(source: Source, keys: Collection[Key]) -> Q:
    some = Q(**{f"{source.key}__in": [key for key in keys if key is not None]})
    return some | Q(**{f"{source.key}__isnull": True}) if None in keys else some


LISTED = Q(
    evidence__request__merged_into__isnull=True, evidence__request__dismissed=False, evidence__request__mentions__gt=0
)
SOURCES = {
    Group.CUSTOMER: Source("customer", Q(customer__isnull=False)),
    Group.TEAMMATE: Source("assignee"),
    Group.STATE: Source("state", ~Q(state="")),
    Group.SEGMENT: Source("customer__tier", Q(customer__tier__gt="")),
    Group.SENTIMENT: Source("sentiment__label", Q(sentiment__isnull=False, connection__analyse_sentiment=True)),
    Group.TAG: Source(
        "tag_links__tag", Q(tag_links__tag__isnull=False, tag_links__tag__deleted_at__isnull=True), is_many=True
    ),
    Group.PERSON: Source(PERSON, Q(**{f"{PERSON}__isnull": False}), is_many=True),
    Group.REQUEST: Source(REQUEST, Q(evidence__state__in=Evidence.COUNTED) & LISTED, is_many=True),
}
