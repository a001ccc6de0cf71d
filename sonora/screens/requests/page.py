"""What is known of one request."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse

from sonora.core import keyset, paging
from sonora.customers.models import Customer
from sonora.insights import likeness
from sonora.insights.models import Evidence, FeatureRequest, Likeness, RequestDecision
from sonora.people.models import Person
from sonora.screens.requests import figures

QUOTES = 25
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A customer or a person who asks, and how often."""

    who: Customer | Person
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How many quotes count and how many are to check, and when the first that counts was said (Unix seconds)."""

    counted: int
    to_check: int
    first_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    row: figures.Row
    statuses: list[tuple[str, str, bool]]  # value, name, whether it is its own
    quotes: list[Evidence]
    links: paging.Links
    said: Said
    customers: list[Asking]
    people: list[Asking]
    similar: list[tuple[Likeness, FeatureRequest]]
    activity: list[RequestDecision]
    merged: list[FeatureRequest]


def of(request: FeatureRequest, *, now: int, after: str | None, before: str | None) -> Profile:
    """The profile of *request* at *now* (Unix seconds), with its quotes from one of the two cursors on."""
    shown = keyset.page(quotes(request), order=("-noted_at", "-pk"), after=after, before=before, size=QUOTES)
    return Profile(
        row=figures.row(request, place=0, most=request.customers, now=now),
        statuses=[(one.value, one.label, one.value == request.status) for one in FeatureRequest.Status],
        quotes=shown.rows,
        links=paging.links(shown, path=reverse("feature-request", args=[request.pk])),
        said=_said(request),
        customers=_asking(request, "conversation__customer", Customer.objects.all()),
        people=_asking(request, "contact__person", Person.objects.all()),
        similar=likeness.of(request)[:SHOWN],
        activity=_activity(request),
        merged=list(FeatureRequest.objects.filter(merged_into=request).order_by("-pk")[:SHOWN]),
    )


def quotes(request: FeatureRequest) -> QuerySet[Evidence]:
    """The words under *request* that are still said, with those who said them."""
    said = Evidence.objects.filter(request=request, conversation__deleted_at__isnull=True)
    related = ("message__contact__person", "conversation__customer", "conversation__company")
    return said.exclude(state=Evidence.State.DISMISSED).select_related(*related).defer("vector")


def _said(request: FeatureRequest) -> Said:
    counts, waits = Q(state__in=Evidence.COUNTED), Q(state=Evidence.State.TO_CHECK)
    found = (
        quotes(request)
        .order_by()
        .aggregate(
            counted=Count("pk", filter=counts),
            to_check=Count("pk", filter=waits),
            first_at=Min("message__created_at", filter=counts),
        )
    )
    return Said(counted=found["counted"], to_check=found["to_check"], first_at=found["first_at"] or 0)


def _asking(request: FeatureRequest, path: str, everybody: QuerySet[Any]) -> list[Asking]:
    """Those of *everybody* whom *path* leads to from the words that ask for *request*, who say it most often first."""
    words = Evidence.objects.filter(request=request, **{f"{path}__isnull": False}).counted().order_by()
    asking = words.values(path).annotate(mentions=Count("pk"), last=Max("message__created_at"))
    most = list(asking.order_by("-mentions", "-last", path)[:SHOWN])
    known = everybody.in_bulk([one[path] for one in most])
    return [Asking(who=known[one[path]], mentions=one["mentions"]) for one in most if one[path] in known]


def _activity(request: FeatureRequest) -> list[RequestDecision]:
    decisions = RequestDecision.objects.filter(Q(request=request) | Q(other=request))
    return list(decisions.select_related("request", "other").order_by("-at", "-pk")[:SHOWN])
