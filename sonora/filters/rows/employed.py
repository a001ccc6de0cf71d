"""For which companies people work, as conditions on people."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sonora.core.among import among
from sonora.customers.models import Match
from sonora.filters.viewer import Viewer
from sonora.people.models import ContactCompany

LISTED = 10_000  # companies: so many are read first, so that no planner errs on how many people they are


def by(viewer: Viewer, **linked: Collection[Any]) -> Q:
    """That somebody works for a company whose match to a customer is as *linked* says, such as `customer__in`."""
    of_them = _companies(**linked)
    companies = viewer.once(("companies", *linked.items()), lambda: list(of_them[: LISTED + 1]))
    links = ContactCompany.objects.all().present()
    if len(companies) > LISTED:
        return Q(pk__in=links.filter(company__in=of_them).values("person"))
    return Q(pk__in=links.filter(among("company", companies)).values("person"))


def _companies(**linked: Collection[Any]) -> QuerySet[Match, int]:
    matches = Match.objects.linking().filter(company__deleted_at__isnull=True, **linked)
    return matches.order_by().values_list("company__pk", flat=True)


def by_any(matches: QuerySet[Match]) -> Q:
    """The same where *matches* are most of all, asked of each person."""
    theirs = ContactCompany.objects.all().held().filter(person=OuterRef("pk"))
    return Q(Exists(theirs.filter(company__match__in=matches)))
