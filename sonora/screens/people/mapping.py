"""The map of a customer: who there talks with whom of us, as a drawing and as the same rows in groups."""

import textwrap
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from sonora.conversations.models import Teammate
from sonora.customers.models import Customer, Match
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.graph import layout
from sonora.graph.layout import Place, Ring, Someone
from sonora.people.models import Contact, ContactQuerySet, Person, PersonQuerySet
from sonora.screens.people import clusters, nodes, rows, standing
from sonora.screens.people.clusters import Cluster, Drawn
from sonora.screens.people.nodes import Node
from sonora.screens.people.rows import NEW, Group, Row
from sonora.screens.people.standing import Number

MOST, TEAMMATES, EACH = 150, 12, 3  # people, teammates, and lines from one person
LEGEND = (("pos", "Positive"), ("neu", "Neutral"), ("neg", "Negative"), ("mix", "Mixed"), ("uns", "Unsure"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A teammate on the map."""

    teammate: Teammate
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """*people* are all of *groups* and *clusters*, who are in the list at *all_url*; *as_of* in Unix seconds."""

    title: str
    hub: list[str]
    rings: list[Ring]
    nodes: list[Node]
    clusters: list[Drawn]
    ours: list[Ours]
    lines: list[tuple[Place, Place]]
    groups: list[Group]
    people: int
    all_url: str
    as_of: int
    most: int = MOST
    middle: tuple[float, float] = layout.MIDDLE
    width: int = layout.WIDTH
    height: int = layout.HEIGHT


def of_customer(customer: Customer, viewer: Viewer, *, feels: bool) -> tuple[Map, list[Number]]:
    """The people of *customer* whom the list of people shows, and how many stand where.

    Of more than `MOST` whole groups are drawn as far as they fit, and clusters of the others.
    """
    theirs = people_of(customer).filter(name__gt="")
    shares = standing.shares(theirs)
    fitting = clusters.groups_that_fit(shares, MOST)
    some = theirs.filter(_within(fitting)).select_related("standing").order_by("pk")
    found = drawn(
        customer.name,
        rows.of(list(some[:MOST]), viewer, feels=feels),
        url=f"{reverse('people')}?{FilterSet(customers=frozenset({customer.pk})).query}",
        now=viewer.now,
        beside=clusters.of_customer(shares, customer, drawn=fitting),
    )
    return found, standing.numbers(shares, customer)


def people_of(customer: Customer) -> PersonQuerySet:
    return Person.objects.filter(pk__in=_staff(customer).values("person"))


def _staff(customer: Customer) -> ContactQuerySet:
    """Their contacts, beginning with the companies: of thousands that is much quicker than asking each person."""
    company = "company_links__company"
    works = {f"{company}__match__customer": customer, f"{company}__match__state__in": Match.LINKING}
    return Contact.objects.all().present().filter(**works, **{f"{company}__deleted_at__isnull": True})


def _within(groups: Collection[str]) -> Q:
    """That somebody stands in one of *groups*."""
    found = Q(pk__in=[])
    for group in groups:
        found |= Q(standing=None) if group == NEW else _says(group)
    return found


def _says(group: str) -> Q:
    said = standing.SAID[group]
    where = Q(standing__rhythm__in=said.rhythms)
    return where & Q(standing__is_champion="yes" in said.champions) if said.champions else where


def drawn(name: str, some: Sequence[Row], *, url: str, now: int, beside: Sequence[Cluster] = ()) -> Map:
    """The map with *name* in its middle, *some* around it and clusters *beside* them; all of them are at *url*."""
    grouped = rows.groups(some)
    shown = [one for group in grouped for one in group.members]
    around = clusters.placed(beside)
    places = layout.people([_someone(one) for one in shown], beside=[one.place for one in around])
    ours = _ours(shown)
    boxes = {one.teammate.pk: one.place for one in ours}
    return Map(
        title=name,
        hub=textwrap.wrap(name, 10, max_lines=2, placeholder="…"),
        rings=layout.rings(),
        nodes=[_node(one, places[one.person.pk]) for one in shown],
        clusters=around,
        ours=ours,
        lines=[
            (places[one.person.pk], boxes[mate.pk])
            for one in shown
            for mate, _ in one.teammates[:EACH]
            if mate.pk in boxes
        ],
        groups=grouped,
        people=len(shown) + sum(one.number for one in beside),
        all_url=url,
        as_of=now,
    )


def _someone(one: Row) -> Someone:
    row = one.standing
    return nodes.someone(one.person, group=row.group, strength=row.strength, messages=row.messages)


def _node(one: Row, place: Place) -> Node:
    row = one.standing
    return nodes.node(one.person, place, group=row.group, felt=row.felt, strength=row.strength, role=one.role)


def _ours(shown: Sequence[Row]) -> list[Ours]:
    """Who of us answered most."""
    counts: Counter[int] = Counter()
    known: dict[int, Teammate] = {}
    for one in shown:
        for mate, number in one.teammates:
            counts[mate.pk] += number
            known[mate.pk] = mate
    most = [key for key, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:TEAMMATES]]
    places = layout.teammates([(key, str(known[key])) for key in most])
    return [Ours(teammate=known[key], place=places[key]) for key in most]
