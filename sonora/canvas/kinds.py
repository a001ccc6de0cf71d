"""How a block shows what its question finds."""

from dataclasses import replace

from django.db import models

from sonora.chat.query import Group, Intent, Metric, Query


class Kind(models.TextChoices):
    METRIC = "metric", "Number"
    LIST = "list", "List"
    TABLE = "table", "Table"
    BARS = "bars", "Bars"
    LINE = "line", "Line"
    TEXT = "text", "Text"


def natural(query: Query) -> Kind:
    """The kind that shows *query* best when nobody says one."""
    if query.group_by is not None:
        if query.metric is Metric.SENTIMENT:
            return Kind.TABLE
        return Kind.LINE if query.group_by.is_time and query.intent is not Intent.TOP else Kind.BARS
    if has_rows(query):
        return Kind.BARS
    return Kind.METRIC if query.intent is Intent.COUNT else Kind.LIST


def possible(query: Query) -> list[Kind]:
    """The kinds that can show *query*: a table and bars need something to count by."""
    return [kind for kind in Kind if has_rows(query) or kind not in {Kind.TABLE, Kind.BARS}]


def fitted(query: Query, kind: Kind) -> Query:
    """What *kind* asks when it shows *query*. Raises ValueError where *kind* cannot."""
    if kind not in possible(query):
        raise ValueError(f"{kind.label} needs something to count by.")
    match kind:
        case Kind.LINE if query.group_by is None or not query.group_by.is_time:
            return replace(query, intent=Intent.TREND, group_by=Group.WEEK, order=None, limit=None)
        case Kind.LINE if query.intent is Intent.TOP:  # a line goes through times as they follow each other
            return replace(query, intent=Intent.TREND, order=None, limit=None)
        case Kind.METRIC | Kind.LIST:
            metric = Metric.CONVERSATIONS if query.metric is Metric.SENTIMENT else query.metric
            return replace(query, metric=metric, group_by=None, against=None)
        case _:
            return query


def has_rows(query: Query) -> bool:
    """Whether the answer to *query* has a figure for each of several things or times."""
    compares = query.intent is Intent.COMPARE and query.against is not None
    return query.group_by is not None or query.metric is Metric.SENTIMENT or compares
