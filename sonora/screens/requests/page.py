"""What is known of one request."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from sonora.core import clock, keyset, paging
from sonora.customers.models import Customer
from sonora.insights import likeness
from sonora.insights.models import Evidence, FeatureRequest, Likeness, RequestDecision
from sonora.screens.requests import figures

QUOTES = 25
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A customer who asks: how often, and when last (Unix seconds)."""

    customer: Customer
    mentions: int
    last_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    row: figures.Row
    statuses: list[tuple[str, str, bool]]  # value, name, whether it is its own
    quotes: list[Evidence]
    links: paging.Links
    customers: list[Asking]
    similar: list[tuple[Likeness, FeatureRequest]]
    activity: list[RequestDecision]
    merged: list[FeatureRequest]


def of(request: FeatureRequest, *, after: str | None, before: str | None) -> Profile:
    """The profile of *request* with the page of its quotes behind the cursor *after* or in front of *before*."""
    shown = keyset.page(quotes(request), order=("-noted_at", "-pk"), after=after, before=before, size=QUOTES)
    return Profile(
        row=figures.row(request, place=0, most=request.customers, now=clock.now()),
        statuses=[(one.value, one.label, one.value == request.status) for one in FeatureRequest.Status],
        quotes=shown.rows,
        links=paging.links(shown, path=reverse("feature-request", args=[request.pk])),
        customers=_customers(request),
        similar=likeness.of(request)[:SHOWN],
        activity=_activity(request),
        merged=list(FeatureRequest.objects.filter(merged_into=request).order_by("-pk")[:SHOWN]),
    )


def quotes(request: FeatureRequest) -> QuerySet[Evidence]:
    """The words under *request* that are still said, with those who said them."""
    said = Evidence.objects.filter(request=request, conversation__deleted_at__isnull=True)
    related = ("message__contact__person", "conversation__customer", "conversation__company")
    return said.exclude(state=Evidence.State.DISMISSED).select_related(*related).defer("vector")


def _customers(request: FeatureRequest) -> list[Asking]:
    words = Evidence.objects.filter(request=request, conversation__customer__isnull=False).counted().order_by()
    asking = words.values("conversation__customer").annotate(mentions=Count("pk"), last=Max("message__created_at"))
    most = list(asking.order_by("-mentions", "conversation__customer")[:SHOWN])
    known = Customer.objects.in_bulk([one["conversation__customer"] for one in most])
    return [
        Asking(customer=known[one["conversation__customer"]], mentions=one["mentions"], last_at=one["last"] or 0)
        for one in most
    ]


def _activity(request: FeatureRequest) -> list[RequestDecision]:
    decisions = RequestDecision.objects.filter(Q(request=request) | Q(other=request))
    return list(decisions.select_related("request", "other").order_by("-at", "-pk")[:SHOWN])
