"""Customers as clusters of those people whom a filter finds: each number opens exactly those."""

from collections.abc import Collection

from django.db.models import Avg, Count, QuerySet
from django.urls import reverse

from sonora.core.among import among
from sonora.customers.models import Match
from sonora.filters.filterset import FilterSet
from sonora.people.models import ContactCompany, PersonQuerySet
from sonora.screens.people.clusters import Cluster

DRAWN = 40  # customers: of so many there is room for their names
LISTED = 10_000  # people: of fewer all customers are counted, of more those with most people of all

CUSTOMER = "company__match__customer"


def clusters(people: PersonQuerySet, shown: FilterSet, *, most: int) -> list[Cluster]:
    """Customers for whom many of *people* work, who are all that pass *shown*, the most first.

    A circle opens the graph of its people, or their list if they are more than *most*.
    """
    links = ContactCompany.objects.all().held().filter(company__match__state__in=Match.LINKING).order_by()
    if shown.customers:
        links = links.filter(**{f"{CUSTOMER}__in": [pk for pk in shown.customers if pk is not None]})
    some = list(people.order_by().values_list("pk", flat=True)[: LISTED + 1])
    if len(some) <= LISTED:
        links = links.filter(among("person", some))
    else:
        links = links.filter(**{f"{CUSTOMER}__in": _largest()}, person__in=people.order_by())
    return _counted(links.filter(**{f"{CUSTOMER}__isnull": False}), shown, most)


def _largest() -> Collection[int]:
    """The customers with most contacts, whoever passes: grouping all people by customer takes seconds of very many."""
    found = Match.objects.linking().order_by().values_list("customer").annotate(number=Count("company__contact_links"))
    return [pk for pk, _ in found.order_by("-number", "customer")[:DRAWN]]


def _counted(links: "QuerySet[ContactCompany]", shown: FilterSet, most: int) -> list[Cluster]:
    counted = links.values_list(CUSTOMER, f"{CUSTOMER}__name").annotate(
        number=Count("person", distinct=True), strength=Avg("person__standing__strength")
    )
    return [
        Cluster(key=pk, name=name, number=number, strength=round(strength or 0), url=_url(shown, pk, number <= most))
        for pk, name, number, strength in counted.order_by("-number", CUSTOMER)[:DRAWN]
    ]


def _url(shown: FilterSet, customer: int, fits: bool) -> str:  # noqa: FBT001 - which page it is
    page = reverse("people-graph" if fits else "people")
    return f"{page}?{shown.given('customers', frozenset({customer})).query}"
