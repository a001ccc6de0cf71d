"""The graph across customers: whom a filter finds, on small maps of where they work, and the same people as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from integrations.models import Connection
from sonora.filters.filterset import Asked, FilterSet
from sonora.filters.rows.people import talking
from sonora.filters.viewer import Viewer
from sonora.screens import connection
from sonora.screens.filters.bar import Bar, bar
from sonora.screens.filters.place import Place
from sonora.screens.people import employers, listing, mapping, rows
from sonora.screens.people.mapping import Map
from sonora.screens.people.rows import Group, Row

MOST, MAPS = 150, 24  # people, and maps of employers
NOBODY = (None, "No company")

Employer = tuple[int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """*maps*: the most people first, *undrawn* more are left out.

    *has_more*: there are people beyond `MOST`, who are in the list at *list_url*. Then *whole* has a cluster for each
    customer, unless counting them would take long.
    """

    shown: FilterSet
    bar: Bar
    maps: list[Map]
    whole: Map | None
    undrawn: int
    groups: list[Group]
    number: int
    has_more: bool
    list_url: str
    as_of: int


def page(asked: Asked, viewer: Viewer, place: Place, linked: Connection | None, *, name: str) -> Graph:
    """People by name, as in their list, so that a filter shows the same ones in both; *name* is of the workspace."""
    plan = talking(asked.shown, viewer)
    found = asked.shown.people_passing(viewer, plan=plan).filter(name__gt="")
    people = list(found.select_related("standing").order_by("name", "pk")[: MOST + 1])
    has_more = len(people) > MOST
    is_whole = has_more and not plan.is_wide
    some = [] if is_whole else rows.of(people[:MOST], viewer, feels=linked is None or linked.analyse_sentiment)
    staff = _staff(some, listing.customers_of(people[:MOST])) if some else []
    list_url = f"{reverse('people')}?{asked.shown.query}"
    clusters = employers.clusters(found, asked.shown, most=MOST) if is_whole else []
    return Graph(
        shown=asked.shown,
        bar=bar(asked, viewer, place, tags_problem=connection.tags_problem(linked)),
        maps=[mapping.drawn(title, theirs, url=_url(pk), now=viewer.now) for (pk, title), theirs in staff[:MAPS]],
        whole=mapping.drawn(name, [], url=list_url, now=viewer.now, beside=clusters) if is_whole else None,
        undrawn=max(0, len(staff) - MAPS),
        groups=rows.groups(some),
        number=len(some),
        has_more=has_more,
        list_url=list_url,
        as_of=viewer.now,
    )


def _staff(some: Sequence[Row], works: Mapping[int, list[Employer]]) -> list[tuple[Employer, list[Row]]]:
    """Each employer with theirs, the most people first; whoever works for several is with each of them."""
    staff: dict[Employer, list[Row]] = {}
    for row in some:
        for employer in works.get(row.person.pk) or [NOBODY]:
            staff.setdefault(employer, []).append(row)
    return sorted(staff.items(), key=lambda one: (-len(one[1]), one[0][1], one[0][0] or 0))


def _url(customer: int | None) -> str:
    return reverse("customer-people", args=[customer]) if customer else ""
