"""The typed query: what a question means, as a value. Whoever reads questions, rules or a model, gives one of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from django.http import QueryDict

from sonora.filters import dates
from sonora.filters.dates import Dates
from sonora.filters.filterset import FilterSet

MOST_ROWS = 100  # nobody means more by "top N"


class Intent(StrEnum):
    LIST = "list"  # which ones
    COUNT = "count"  # how many; with a grouping: how many of each
    TOP = "top"  # which groups have most, or least
    TREND = "trend"  # how many over time
    COMPARE = "compare"  # this period with the one before, or two things with each other
    CHANGES = "changes"  # what happened last


class Metric(StrEnum):
    CONVERSATIONS = "conversations"
    CUSTOMERS = "customers"
    PEOPLE = "people"
    REQUESTS = "requests"
    SENTIMENT = "sentiment"  # conversations by how they feel


class Group(StrEnum):
    CUSTOMER = "customer"
    PERSON = "person"
    TAG = "tag"
    TEAMMATE = "teammate"
    SEGMENT = "segment"
    STATE = "state"
    SENTIMENT = "sentiment"
    REQUEST = "request"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"

    @property
    def is_time(self) -> bool:
        return self in {Group.DAY, Group.WEEK, Group.MONTH, Group.QUARTER}


class Order(StrEnum):
    MOST = "most"
    LEAST = "least"
    NEWEST = "newest"
    OLDEST = "oldest"


E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked: *intent* of *metric*, one figure for each *group_by*, over the conversations that pass *filters*.

    *limit* is how many rows were asked for, None when the question names no number; *against* the time with which that
    of the filter is compared.
    """

    intent: Intent = Intent.LIST
    metric: Metric = Metric.CONVERSATIONS
    group_by: Group | None = None
    order: Order | None = None
    limit: int | None = None
    against: Dates | None = None
    filters: FilterSet = field(default_factory=FilterSet)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Query":
        """The query that `as_json` gave, or that somebody proposes in the same form.

        Raises ValueError for a word that is no intent, metric, grouping or order, and for a limit out of 1 … 100;
        KeyError without intent or metric.
        """
        limit = value.get("limit")
        if limit is not None and not (type(limit) is int and 1 <= limit <= MOST_ROWS):
            raise ValueError(f"{limit!r} is no number of rows from 1 to {MOST_ROWS}.")
        group_by, order = value.get("group_by"), value.get("order")
        return cls(
            intent=Intent(value["intent"]),
            metric=Metric(value["metric"]),
            group_by=None if group_by is None else Group(group_by),
            order=None if order is None else Order(order),
            limit=limit,
            against=None if value.get("against") is None else dates.parse(str(value["against"])),
            filters=FilterSet.from_json(value.get("filters") or {}),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "intent": self.intent.value,
            "metric": self.metric.value,
            "group_by": self.group_by and self.group_by.value,
            "order": self.order and self.order.value,
            "limit": self.limit,
            "against": self.against and str(self.against),
            "filters": self.filters.as_json(),
        }

    @classmethod
    def from_query(cls, query: QueryDict) -> "Query":
        """The query that an address says; what cannot be meant is passed over."""
        limit = query.get("limit", "")
        return cls(
            intent=_member(Intent, query.get("intent")) or Intent.LIST,
            metric=_member(Metric, query.get("metric")) or Metric.CONVERSATIONS,
            group_by=_member(Group, query.get("by")),
            order=_member(Order, query.get("order")),
            limit=int(limit) if limit.isascii() and limit.isdecimal() and 1 <= int(limit[:4]) <= MOST_ROWS else None,
            against=_span(query.get("against", "")),
            filters=FilterSet.from_query(query),
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query as names and values of an address, always in the same order."""
        named = {"intent": self.intent, "metric": self.metric, "by": self.group_by, "order": self.order}
        shape = [(name, value.value) for name, value in named.items() if value is not None]
        more = [(name, str(value)) for name, value in (("limit", self.limit), ("against", self.against)) if value]
        return [*shape, *more, *self.filters.pairs]

    def narrowed(self, filters: FilterSet) -> "Query":
        """The same question over the conversations that pass *filters*."""
        return replace(self, filters=filters)


def _member(kind: type[E], value: str | None) -> E | None:
    return next((one for one in kind if one.value == value), None)


def _span(text: str) -> Dates | None:
    try:
        return dates.parse(text)
    except ValueError:
        return None
