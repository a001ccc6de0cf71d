"""The map of a customer: who there talks with whom of us, as a drawing and as the same rows in groups."""

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from sonora.conversations.models import Teammate
from sonora.customers.models import Customer, Match
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.graph import layout
from sonora.graph.layout import Place, Ring, Someone
from sonora.people.models import Contact, ContactQuerySet, Person, PersonQuerySet
from sonora.screens.people import members, nodes
from sonora.screens.people.members import Group, Member
from sonora.screens.people.nodes import Node

MOST, TEAMMATES, EACH = 150, 12, 3  # people, teammates, and lines from one person
LEGEND = (("pos", "Positive"), ("neu", "Neutral"), ("neg", "Negative"), ("mix", "Mixed"), ("uns", "Unsure"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A teammate on the map."""

    teammate: Teammate
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """*others* are people beyond `MOST`, who are in the list at *all_url*; *as_of* in Unix seconds."""

    title: str
    hub: list[str]
    rings: list[Ring]
    nodes: list[Node]
    ours: list[Ours]
    lines: list[tuple[Place, Place]]
    groups: list[Group]
    people: int
    others: int
    all_url: str
    as_of: int
    middle: tuple[float, float] = layout.MIDDLE
    width: int = layout.WIDTH
    height: int = layout.HEIGHT

    @property
    def members(self) -> list[Member]:
        return [one for group in self.groups for one in group.members]


def of_customer(customer: Customer, viewer: Viewer) -> Map:
    """The people of *customer* as the list of people finds them; of very many those who talked last."""
    theirs = people_of(customer)
    last = F("standing__last_at").desc(nulls_last=True)  # as it is kept: of thousands their conversations are many
    some = list(theirs.with_choices().order_by(last, "pk")[: MOST + 1])
    number = len(some) if len(some) <= MOST else theirs.count()
    rows = members.members(some[:MOST], viewer)
    url = f"{reverse('people')}?{FilterSet(customers=frozenset({customer.pk})).query}"
    return drawn(customer.name, rows, url=url, now=viewer.now, others=number - len(rows))


def people_of(customer: Customer) -> PersonQuerySet:
    return Person.objects.filter(pk__in=_staff(customer).values("person"))


def _staff(customer: Customer) -> ContactQuerySet:
    """Their contacts, beginning with the companies: of thousands that is much quicker than asking each person."""
    company = "company_links__company"
    works = {f"{company}__match__customer": customer, f"{company}__match__state__in": Match.LINKING}
    return Contact.objects.all().present().filter(**works, **{f"{company}__deleted_at__isnull": True})


def drawn(name: str, rows: Sequence[Member], *, url: str, now: int, others: int = 0) -> Map:
    """The map with *name* in its middle and *rows* around it; *others* are not on it, but at *url*."""
    grouped = members.groups(rows)
    shown = [one for group in grouped for one in group.members]
    places, ours = layout.people([_someone(one) for one in shown]), _ours(shown)
    boxes = {one.teammate.pk: one.place for one in ours}
    return Map(
        title=name,
        hub=textwrap.wrap(name, 10, max_lines=2, placeholder="…"),
        rings=layout.rings(),
        nodes=[_node(one, places[one.person.pk]) for one in shown],
        ours=ours,
        lines=[
            (places[one.person.pk], boxes[mate.pk])
            for one in shown
            for mate, _ in one.teammates[:EACH]
            if mate.pk in boxes
        ],
        groups=grouped,
        people=len(shown) + others,
        others=others,
        all_url=url,
        as_of=now,
    )


def _someone(one: Member) -> Someone:
    standing = one.standing
    strength, messages = standing.strength.points, standing.facts.messages_90
    return nodes.someone(one.person, group=standing.group, strength=strength, messages=messages)


def _node(one: Member, place: Place) -> Node:
    standing = one.standing
    felt, strength = standing.facts.felt, standing.strength.points
    return nodes.node(one.person, place, group=standing.group, felt=felt, strength=strength, role=one.role)


def _ours(shown: Sequence[Member]) -> list[Ours]:
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
