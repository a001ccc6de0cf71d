"""Customers by their companies: those for whom one waits to be looked at, and those who have none."""

from collections.abc import Callable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from sonora.customers.models import Customer, Match


def waiting(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Those for whom an unmatched company exists that may be them."""
    suggested = Match.objects.filter(state=Match.State.SUGGESTED, company__deleted_at__isnull=True)
    return customers.filter(Exists(suggested.filter(customer=OuterRef("pk"))))


def without(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Those to whom no company is matched."""
    return customers.filter(~Exists(Match.objects.linking().filter(customer=OuterRef("pk"))))


FILTERS: Mapping[str, Callable[[QuerySet[Customer]], QuerySet[Customer]]] = {"waiting": waiting, "none": without}
WORDS = {"waiting": "Unmatched companies exist", "none": "No company"}
