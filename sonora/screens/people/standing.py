"""How many people of a customer stand where: each number opens the list of those whom it counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.urls import reverse

from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.graph.models import Rhythm
from sonora.graph.standing import group_of
from sonora.people.models import PersonQuerySet
from sonora.screens.people.rows import ALL, NEW

HERE = frozenset({Rhythm.ACTIVE.value, Rhythm.QUIET.value})
SAID = {
    "champions": FilterSet(champions=frozenset({"yes"}), rhythms=HERE),
    "active": FilterSet(champions=frozenset({"no"}), rhythms=frozenset({Rhythm.ACTIVE.value})),
    "quiet": FilterSet(champions=frozenset({"no"}), rhythms=frozenset({Rhythm.QUIET.value})),
    "left": FilterSet(rhythms=frozenset({Rhythm.LEFT.value})),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """*number* people of one group and level of engagement, and the sum of their strengths."""

    group: str
    level: str
    number: int
    strengths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """*number* people, who are in the list at *url*; no address: no filter says it."""

    word: str
    number: int
    url: str


def shares(people: PersonQuerySet) -> list[Share]:
    """How *people* are made up, as the rows that are kept say; it asks one question."""
    rows = people.order_by().values_list("standing__is_champion", "standing__rhythm", "standing__engagement")
    return [
        Share(
            group=group_of(rhythm, is_champion=is_champion) if rhythm else NEW,
            level=level or "",
            number=number,
            strengths=strengths or 0,
        )
        for is_champion, rhythm, level, number, strengths in rows.annotate(Count("pk"), Sum("standing__strength"))
    ]


def by_group(some: Iterable[Share]) -> Counter[str]:
    numbers: Counter[str] = Counter()
    for share in some:
        numbers[share.group] += share.number
    return numbers


def numbers(some: Iterable[Share], customer: Customer) -> list[Number]:
    """The groups in their order; empty ones are left out."""
    counted = by_group(some)
    return [
        Number(word=word, number=counted[key], url=url(SAID[key], customer) if key in SAID else "")
        for key, word in ALL.items()
        if counted[key]
    ]


def url(said: FilterSet, customer: Customer) -> str:
    """The list of those people of *customer* of whom *said* is true."""
    return f"{reverse('people')}?{said.given('customers', frozenset({customer.pk})).query}"
