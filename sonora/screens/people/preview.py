"""The map of a customer in a few strokes, out of what is kept of each person: the strongest, each a link to the map."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F

from sonora.customers.models import Customer
from sonora.graph import layout
from sonora.graph.models import PersonStanding
from sonora.graph.standing import GROUPS
from sonora.insights.models import Sentiment
from sonora.people.models import Person
from sonora.screens.people import mapping, nodes
from sonora.screens.people.nodes import Node

MOST = 24  # people


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """*groups* are (word, number) of all who are drawn; *has_more*: there are others, who are on the map."""

    title: str
    nodes: list[Node]
    groups: list[tuple[str, int]]
    has_more: bool
    middle: tuple[float, float] = layout.MIDDLE


def of(customer: Customer) -> Preview:
    """The `MOST` strongest people of *customer*; it asks the database one question."""
    theirs = mapping.people_of(customer).filter(name__gt="").select_related("standing")
    found = list(theirs.order_by(F("standing__strength").desc(nulls_last=True), "pk")[: MOST + 1])
    standings = {one: _standing(one) for one in found[:MOST]}
    places = layout.people([_someone(one, standing) for one, standing in standings.items()])
    counts = Counter(standing.group for standing in standings.values())
    return Preview(
        title=customer.name,
        nodes=[_node(one, standing, places[one.pk]) for one, standing in standings.items()],
        groups=[(word, counts[key]) for key, word in GROUPS.items() if counts[key]],
        has_more=len(found) > MOST,
    )


def _standing(person: Person) -> PersonStanding:
    """What is kept of them; of whoever came in a moment ago nothing is, so they are in no group."""
    found: PersonStanding | None = getattr(person, "standing", None)
    return found or PersonStanding(person=person, felt=Sentiment.NONE)


def _someone(person: Person, standing: PersonStanding) -> layout.Someone:
    return nodes.someone(person, group=standing.group, strength=standing.strength, messages=0)


def _node(person: Person, standing: PersonStanding, place: layout.Place) -> Node:
    return nodes.node(person, place, group=standing.group, felt=standing.felt, strength=standing.strength)
