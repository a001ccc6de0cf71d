"""Whom a filter means that was made before two were merged: whoever stayed.

Only ids that are gone cost a question, so a filter of today costs none beyond the look for them.
"""

from collections.abc import Collection

from sonora.customers.models import Customer, Merge
from sonora.insights.models import FeatureRequest
from sonora.people import identities


def of_customers(ids: frozenset[int | None]) -> frozenset[int | None]:
    """*ids* and the customers that those of them went into that are gone; None stays."""
    named = {one for one in ids if one is not None}
    gone = named - set(Customer.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    if not gone:
        return ids
    return ids | set(Merge.objects.filter(gone__id__in=gone, undone_at__isnull=True).values_list("kept", flat=True))


def of_people(ids: Collection[int]) -> set[int]:
    """*ids* and the people that those of them were merged into, however often."""
    return {*ids, *identities.survivors(ids).values()}


def of_requests(ids: Collection[int]) -> set[int]:
    """*ids* and the requests that those of them were merged into, however often."""
    found, new = set(ids), set(ids)
    while new:
        merged = FeatureRequest.objects.filter(pk__in=new, merged_into__isnull=False)
        new = {into for into in merged.values_list("merged_into", flat=True) if into} - found
        found |= new
    return found
