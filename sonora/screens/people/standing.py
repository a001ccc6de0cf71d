"""How many people of a customer stand in each group: each number opens the list of those whom it counts."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.graph.models import PersonStanding, Rhythm
from sonora.graph.standing import GROUPS, group_of
from sonora.screens.people.mapping import people_of

HERE = frozenset({Rhythm.ACTIVE.value, Rhythm.QUIET.value})
SAID = {
    "champions": FilterSet(champions=frozenset({"yes"}), rhythms=HERE),
    "active": FilterSet(champions=frozenset({"no"}), rhythms=frozenset({Rhythm.ACTIVE.value})),
    "quiet": FilterSet(champions=frozenset({"no"}), rhythms=frozenset({Rhythm.QUIET.value})),
    "left": FilterSet(rhythms=frozenset({Rhythm.LEFT.value})),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """*number* people, who are in the list at *url*."""

    word: str
    number: int
    url: str


def of_customer(customer: Customer) -> list[Number]:
    """The groups in their order, as the rows that are kept say; empty ones are left out.

    Like the lists they count those who have a name.
    """
    rows = PersonStanding.objects.filter(person__in=people_of(customer).filter(name__gt="")).order_by()
    numbers: Counter[str] = Counter()
    for is_champion, rhythm, number in rows.values_list("is_champion", "rhythm").annotate(Count("pk")):
        numbers[group_of(rhythm, is_champion=is_champion)] += number
    return [
        Number(word=word, number=numbers[key], url=_url(SAID[key], customer))
        for key, word in GROUPS.items()
        if numbers[key]
    ]


def _url(said: FilterSet, customer: Customer) -> str:
    return f"{reverse('people')}?{said.given('customers', frozenset({customer.pk})).query}"
