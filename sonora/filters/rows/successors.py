"""Whom a filter means that was made before two were merged: whoever stayed.

Only ids that are gone cost more than the look for them, and that is made once for all that a viewer is shown.
"""

from sonora.customers.models import Customer, Merge
from sonora.filters.viewer import Ids, Viewer
from sonora.insights.models import FeatureRequest
from sonora.people import identities


def of_customers(ids: Ids, viewer: Viewer) -> Ids:
    """*ids* and the customers that those of them went into that are gone; None stays."""
    if ("customers", ids) not in viewer.stayed:
        viewer.stayed["customers", ids] = _of_customers(ids)
    return viewer.stayed["customers", ids]


def of_requests(ids: frozenset[int], viewer: Viewer) -> list[int]:
    """*ids* and the requests that those of them were merged into, however often."""
    if ("requests", ids) not in viewer.stayed:
        viewer.stayed["requests", ids] = _of_requests(ids)
    return [one for one in viewer.stayed["requests", ids] if one is not None]


def of_people(ids: frozenset[int], viewer: Viewer) -> list[int]:
    """*ids* and the people that those of them were merged into, however often."""
    if ("people", ids) not in viewer.stayed:
        viewer.stayed["people", ids] = ids | set(identities.survivors(ids).values())
    return [one for one in viewer.stayed["people", ids] if one is not None]


def _of_customers(ids: Ids) -> Ids:
    named = {one for one in ids if one is not None}
    gone = named - set(Customer.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    if not gone:
        return ids
    return ids | set(Merge.objects.filter(gone__id__in=gone, undone_at__isnull=True).values_list("kept", flat=True))


def _of_requests(ids: frozenset[int]) -> Ids:
    found, new = set(ids), set(ids)
    while new:
        merged = FeatureRequest.objects.filter(pk__in=new, merged_into__isnull=False)
        new = {into for into in merged.values_list("merged_into", flat=True) if into} - found
        found |= new
    return frozenset(found)
