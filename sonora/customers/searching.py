"""Customers by what somebody types."""

from django.db.models import Q, QuerySet

from sonora.customers.models import Customer, ExternalId


def found_by(text: str) -> QuerySet[Customer]:
    """Customers whose name or domain holds *text*, or that have it as an id."""
    with_id = ExternalId.objects.filter(value=text).values("customer")
    return Customer.objects.filter(Q(name__icontains=text) | Q(domain__icontains=text) | Q(pk__in=with_id))
