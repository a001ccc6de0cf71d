"""Customers, people and requests of an answer, each with the page that tells of it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sonora.chat.answers import figures
from sonora.chat.query import Metric, Query
from sonora.core import keyset
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer

ORDER: dict[Metric, tuple[str, ...]] = {
    Metric.CUSTOMERS: ("name", "pk"),
    Metric.PEOPLE: ("name", "pk"),
    Metric.REQUESTS: ("-customers", "-people", "-mentions", "-pk"),
}
PAGES = {Metric.CUSTOMERS: "customer", Metric.PEOPLE: "person", Metric.REQUESTS: "feature-request"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One row: how it is called, a line about it, its own page, and the conversations of it that pass."""

    name: str
    about: str
    url: str
    talks_url: str


def some(query: Query, viewer: Viewer, *, most: int) -> list[Thing]:
    """The first *most* that *query* lists; none of conversations, which have a list of their own."""
    if query.metric not in ORDER:
        return []
    found = figures.rows(query.metric, query.filters, viewer).order_by(*ORDER[query.metric])
    return [_thing(query, one) for one in found[:most]]


def page(
    query: Query, viewer: Viewer, *, after: str | None, before: str | None
) -> tuple[list[Thing], keyset.Page[Any]]:
    """A page of all that *query* lists, behind the cursor *after* or in front of *before*."""
    found = figures.rows(query.metric, query.filters, viewer)
    shown = keyset.page(found, order=ORDER[query.metric], after=after, before=before)
    return [_thing(query, one) for one in shown.rows], shown


def _thing(query: Query, one: Any) -> Thing:
    talks = f"{reverse('conversations')}?{_of(query, one.pk).query}"
    own = reverse(PAGES[query.metric], args=[one.pk])
    return Thing(name=str(one), about=_about(query.metric, one), url=own, talks_url=talks)


def _of(query: Query, pk: int) -> FilterSet:
    field = {Metric.CUSTOMERS: "customers", Metric.PEOPLE: "people"}.get(query.metric, "requests")
    return query.filters.given(field, frozenset({pk}))


def _about(metric: Metric, one: Any) -> str:
    match metric:
        case Metric.CUSTOMERS:
            return " · ".join(part for part in (one.domain, one.tier) if part)
        case Metric.PEOPLE:
            return str(one.email if one.name else "")
        case _:
            return str(one.get_status_display())
