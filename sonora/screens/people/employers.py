"""Customers as clusters of those people whom a filter finds: each number opens exactly those."""

from django.db.models import Avg, Count
from django.urls import reverse

from sonora.customers.models import Match
from sonora.filters.filterset import FilterSet
from sonora.people.models import ContactCompany, PersonQuerySet
from sonora.screens.people.clusters import Cluster
from sonora.screens.people.working import HELD

DRAWN = 40  # customers: of so many there is room for their names


def clusters(people: PersonQuerySet, shown: FilterSet, *, most: int) -> list[Cluster]:
    """The customers for whom most of *people* work, who are all that pass *shown*; in one question.

    A circle opens the graph of its people, or their list if they are more than *most*.
    """
    customer = "company__match__customer"
    linked = {"company__match__state__in": Match.LINKING, f"{customer}__isnull": False}
    links = ContactCompany.objects.filter(**HELD, **linked, contact__person__in=people.order_by()).order_by()
    if shown.customers:
        links = links.filter(**{f"{customer}__in": [pk for pk in shown.customers if pk is not None]})
    counted = links.values_list(customer, f"{customer}__name").annotate(
        number=Count("contact__person", distinct=True), strength=Avg("contact__person__standing__strength")
    )
    return [
        Cluster(key=pk, name=name, number=number, strength=round(strength or 0), url=_url(shown, pk, number <= most))
        for pk, name, number, strength in counted.order_by("-number", customer)[:DRAWN]
    ]


def _url(shown: FilterSet, customer: int, fits: bool) -> str:  # noqa: FBT001 - which page it is
    page = reverse("people-graph" if fits else "people")
    return f"{page}?{shown.given('customers', frozenset({customer})).query}"
