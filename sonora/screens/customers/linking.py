"""What follows when customers or their ids change: companies find their customer, and conversations come along."""

from collections.abc import Collection

from sonora.conversations import following
from sonora.customers import matches
from sonora.customers.models import Company, ExternalId, Match

ALIKE = 15  # letters that the spellings of one id share at least; the rest is for the exact comparison


def link(workspace_id: int, companies: Collection[int] | None = None) -> int:
    """Match *companies* (primary keys; None: all) by id and by name again; returns how many changed hands."""
    return len(following.match(workspace_id, companies))


def look_at_names_again(workspace_id: int) -> None:
    """A customer has another name or domain: few companies are looked at now, many at the end of the next sync."""
    if matches.look_at_names_again() <= matches.AT_ONCE:
        following.match_names(workspace_id)


def with_id(value: str) -> list[int]:
    """The companies whose id may be *value* in one of its spellings."""
    return list(Company.objects.filter(company_id__istartswith=value.strip()[:ALIKE]).values_list("pk", flat=True))


def by_id(external_id: ExternalId) -> list[int]:
    """The companies that were matched by *external_id*."""
    return list(Match.objects.filter(external_id=external_id).values_list("company_id", flat=True))
