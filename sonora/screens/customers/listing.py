"""One page of the list of customers."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.urls import reverse

from sonora.conversations.models import Conversation
from sonora.core import keyset, paging, typed
from sonora.customers.models import Customer, ExternalId, Match
from sonora.customers.searching import found_by
from sonora.insights import trends
from sonora.insights.trends import Mix
from sonora.screens import counts


@dataclass(slots=True, kw_only=True)
class Row:
    """One customer of the list."""

    customer: Customer
    external_ids: list[ExternalId] = field(default_factory=list)
    companies: list[Match] = field(default_factory=list)
    conversations: int = 0
    open: int = 0
    last_at: int | None = None  # Unix seconds
    mix: Mix = field(default_factory=Mix)  # how their conversations of the last 30 days felt


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    text: str
    rows: list[Row]
    total: str
    links: paging.Links


def page(query: str, *, after: str | None, before: str | None, until: int) -> ListPage:
    """Customers by name; with *query* those whose name, domain or external id holds it.

    *until* is the end of the 30 days whose sentiment is shown (Unix seconds).
    """
    text = typed.text(query)
    customers = found_by(text) if text else Customer.objects.all()
    shown = keyset.page(customers, order=("name", "pk"), after=after, before=before)
    total = counts.text(counts.capped(customers))
    return ListPage(
        text=text,
        rows=_rows(shown.rows, until=until),
        total=total,
        links=paging.links(shown, path=reverse("customers"), query=urlencode({"q": text} if text else {}), total=total),
    )


def _rows(customers: list[Customer], *, until: int) -> list[Row]:
    rows = {customer.pk: Row(customer=customer) for customer in customers}
    for external_id in ExternalId.objects.filter(customer__in=customers).order_by("pk"):
        rows[external_id.customer_id].external_ids.append(external_id)
    for match in Match.objects.linking().filter(customer__in=customers).select_related("company"):
        rows[match.customer_id or 0].companies.append(match)
    talks = Conversation.objects.filter(customer__in=customers).present().order_by()
    is_open = Q(state=Conversation.State.OPEN)
    for found in talks.values("customer").annotate(
        count=Count("pk"), is_open=Count("pk", filter=is_open), last=Max("updated_at")
    ):
        row = rows[found["customer"]]
        row.conversations, row.open, row.last_at = found["count"], found["is_open"], found["last"]
    for pk, mix in trends.of_customers(rows, until=until).items():
        rows[pk].mix = mix
    return list(rows.values())
