"""One page of the list of customers."""

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sonora.core import keyset, paging, typed
from sonora.customers import health
from sonora.customers.health import Health
from sonora.customers.models import Customer, Match
from sonora.customers.searching import found_by
from sonora.screens import counts
from sonora.screens.customers import companies, figures
from sonora.screens.customers.figures import Figures


@dataclass(slots=True, kw_only=True)
class Row:
    """One customer of the list, with the matches of the companies that it is."""

    customer: Customer
    figures: Figures
    companies: list[Match] = field(default_factory=list)

    @property
    def health(self) -> Health | None:
        return health.of(self.customer.health)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the list is asked for: a *text*, and a key of `companies.FILTERS` or nothing."""

    text: str = ""
    companies: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        of = query.get("companies", "")
        return cls(text=typed.text(query.get("q", "")), companies=of if of in companies.FILTERS else "")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As names and values of an address."""
        return [(name, value) for name, value in (("q", self.text), ("companies", self.companies)) if value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    asked: Asked
    rows: list[Row]
    total: str
    links: paging.Links
    has_health: bool  # whether the workspace holds the health of any customer


def page(asked: Asked, *, after: str | None, before: str | None, until: int) -> ListPage:
    """Customers by name; with a text those whose name, domain or external id holds it.

    *until* is the end of the 30 days whose sentiment is shown (Unix seconds).
    """
    customers = found_by(asked.text) if asked.text else Customer.objects.all()
    customers = companies.FILTERS[asked.companies](customers) if asked.companies else customers
    shown = keyset.page(customers, order=("name", "pk"), after=after, before=before)
    total = counts.text(counts.capped(customers))
    return ListPage(
        asked=asked,
        rows=_rows(shown.rows, until=until),
        total=total,
        links=paging.links(shown, path=reverse("customers"), query=urlencode(asked.pairs), total=total),
        has_health=Customer.objects.filter(health__gt="").exists(),
    )


def _rows(customers: Collection[Customer], *, until: int) -> list[Row]:
    found = figures.of([one.pk for one in customers], until=until)
    rows = {one.pk: Row(customer=one, figures=found[one.pk]) for one in customers}
    for match in Match.objects.linking().filter(customer__in=customers).order_by("pk"):
        rows[match.customer_id or 0].companies.append(match)
    return list(rows.values())
