"""What follows when ids of customers change: companies find their customer, and conversations come along."""

from collections.abc import Collection

from sonora.conversations.attribution import attribute
from sonora.customers.matches import match_by_external_id
from sonora.customers.models import Company, ExternalId, Match

ALIKE = 15  # letters that the spellings of one id share at least; the rest is for the exact comparison


def link(workspace_id: int, companies: Collection[int] | None = None) -> int:
    """Match *companies* (primary keys; None: all) by id again; returns how many changed hands."""
    moved = match_by_external_id(workspace_id, companies)
    if moved:
        attribute(workspace_id, companies=moved)
    return len(moved)


def with_id(value: str) -> list[int]:
    """The companies whose id may be *value* in one of its spellings."""
    return list(Company.objects.filter(company_id__istartswith=value.strip()[:ALIKE]).values_list("pk", flat=True))


def by_id(external_id: ExternalId) -> list[int]:
    """The companies that were matched by *external_id*."""
    return list(Match.objects.filter(external_id=external_id).values_list("company_id", flat=True))
