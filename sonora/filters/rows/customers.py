"""Which customers of the current scope pass a filter: what it says of conversations, one of theirs must be."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from sonora.customers.models import Customer
from sonora.customers.searching import found_by
from sonora.filters.rows import conversations, successors
from sonora.filters.viewer import Viewer

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

OF_A_CUSTOMER = ("text", "customers", "tiers")


def passing(shown: "FilterSet", viewer: Viewer) -> QuerySet[Customer]:
    """The customers that pass; the text is looked for in their names, domains and ids."""
    found = found_by(shown.text) if shown.text else Customer.objects.all()
    if shown.customers:
        ids = successors.of_customers(shown.customers, viewer)
        found = found.filter(pk__in=[one for one in ids if one is not None])
    if shown.tiers:
        found = found.filter(tier__in=shown.tiers)
    rest = shown.without(*OF_A_CUSTOMER)
    if rest.is_empty:
        return found
    return found.filter(Exists(conversations.passing(rest, viewer).filter(customer=OuterRef("pk"))))
