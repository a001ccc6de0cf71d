"""The graph across customers: whom a filter finds, on small maps of where they work, and the same people as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from integrations.models import Connection
from sonora.filters.filterset import Asked, FilterSet
from sonora.filters.viewer import Viewer
from sonora.screens import connection
from sonora.screens.filters.bar import Bar, bar
from sonora.screens.filters.place import Place
from sonora.screens.people import listing, mapping, members
from sonora.screens.people.mapping import Map
from sonora.screens.people.members import Group, Member

MOST, MAPS = 150, 24  # people, and maps of employers
NOBODY = (None, "No company")

Employer = tuple[int | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """*maps*: the most people first, *undrawn* more are left out.

    *has_more*: there are people beyond `MOST`, who are in the list at *list_url*.
    """

    shown: FilterSet
    bar: Bar
    maps: list[Map]
    undrawn: int
    groups: list[Group]
    number: int
    has_more: bool
    list_url: str
    as_of: int

    @property
    def members(self) -> list[Member]:
        return [one for group in self.groups for one in group.members]


def page(asked: Asked, viewer: Viewer, place: Place, linked: Connection | None) -> Graph:
    """People by name, as in their list, so that a filter shows the same ones in both."""
    found = asked.shown.people_passing(viewer).with_choices().filter(name__gt="").order_by("name", "pk")
    people = list(found[: MOST + 1])
    shown = people[:MOST]
    rows = members.members(shown, viewer)
    staff = _staff(rows, listing.customers_of(shown))
    return Graph(
        shown=asked.shown,
        bar=bar(asked, viewer, place, tags_problem=connection.tags_problem(linked)),
        maps=[mapping.drawn(name, some, url=_url(pk), now=viewer.now) for (pk, name), some in staff[:MAPS]],
        undrawn=max(0, len(staff) - MAPS),
        groups=members.groups(rows),
        number=len(shown),
        has_more=len(people) > MOST,
        list_url=f"{reverse('people')}?{asked.shown.query}",
        as_of=viewer.now,
    )


def _staff(rows: Sequence[Member], employers: Mapping[int, list[Employer]]) -> list[tuple[Employer, list[Member]]]:
    """Each employer with theirs, the most people first; whoever works for several is with each of them."""
    staff: dict[Employer, list[Member]] = {}
    for row in rows:
        for employer in employers.get(row.person.pk) or [NOBODY]:
            staff.setdefault(employer, []).append(row)
    return sorted(staff.items(), key=lambda one: (-len(one[1]), one[0][1], one[0][0] or 0))


def _url(customer: int | None) -> str:
    return reverse("customer-people", args=[customer]) if customer else ""
