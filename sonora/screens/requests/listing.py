"""One page of the leaderboard, ready to be shown."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from sonora.core import clock, keyset, paging
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights import counting
from sonora.insights.models import Evidence, FeatureRequest
from sonora.screens import counts
from sonora.screens.filters.bar import Bar, bar
from sonora.screens.filters.place import BESIDE as FILTER_BESIDE
from sonora.screens.filters.place import Place
from sonora.screens.requests import figures
from sonora.screens.requests.wanted import BESIDE, SORTS, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabs:
    """How many there are under each tab, in words."""

    listed: str
    to_check: str
    dismissed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The chip of the statuses, and the address without it; *others* are the other parts as hidden fields."""

    value: str
    remove_url: str
    others: list[tuple[str, str]]
    choices: list[tuple[str, str, bool]]  # value, name, whether it is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    wanted: Wanted
    rows: list[figures.Row]
    links: paging.Links
    status: Status
    bar: Bar | None
    sorts: dict[str, Sort]
    matching: str


def tabs(workspace_id: int) -> Tabs:
    """The figures are right after this: whoever shows any calls it first."""
    counting.settle_for_a_page(workspace_id)
    asked_for = FeatureRequest.objects.filter(merged_into__isnull=True, mentions__gt=0)
    number = asked_for.aggregate(
        listed=Count("pk", filter=Q(dismissed=False)), dismissed=Count("pk", filter=Q(dismissed=True))
    )
    return Tabs(
        listed=counts.text(number["listed"]),
        to_check=counts.text(counts.capped(Evidence.objects.all().to_check().filter(request__dismissed=False))),
        dismissed=counts.text(number["dismissed"]),
    )


def page(
    asked: QueryDict, viewer: Viewer, *, after: str | None, before: str | None, tags_problem: str = ""
) -> ListPage:
    """The page that an address *asked* for, behind the cursor *after* or in front of *before*."""
    wanted, path = Wanted.from_query(asked), reverse("feature-requests")
    place = Place.of(asked, path=path, listing="requests", kept=wanted.beside, is_bare=True)
    found = wanted.requests(viewer)
    shown = keyset.page(found.defer("vector"), order=SORTS[wanted.sort], after=after, before=before)
    matching = counts.text(counts.capped(found)) if shown.next or shown.previous else counts.text(len(shown))
    return ListPage(
        wanted=wanted,
        rows=_rows(shown, found),
        links=paging.links(shown, path=path, query=wanted.query, total=matching),
        status=_status(wanted, path),
        bar=bar(FilterSet.asked(asked, beside=FILTER_BESIDE | BESIDE), viewer, place, tags_problem=tags_problem),
        sorts={sort: _sort(wanted, sort, path) for sort in SORTS},
        matching=matching,
    )


def dismissed(*, after: str | None, before: str | None) -> ListPage:
    """The page of the requests of which a person said that they are none."""
    found = FeatureRequest.objects.all().dismissed().defer("vector")
    shown = keyset.page(found, order=SORTS["customers"], after=after, before=before)
    now = clock.now()
    return ListPage(
        wanted=Wanted(),
        rows=[figures.row(one, place=0, most=0, now=now) for one in shown.rows],
        links=paging.links(shown, path=reverse("dismissed-feature-requests")),
        status=_status(Wanted(), reverse("feature-requests")),
        bar=None,
        sorts={},
        matching="",
    )


def _rows(shown: keyset.Page[FeatureRequest], found: QuerySet[FeatureRequest]) -> list[figures.Row]:
    """The places of a first page count from one; those of others are not known."""
    most = found.order_by().aggregate(most=Max("customers"))["most"] or 0 if shown.rows else 0
    first, now = shown.previous is None, clock.now()
    return [
        figures.row(one, place=at if first else 0, most=most, now=now) for at, one in enumerate(shown.rows, start=1)
    ]


def _status(wanted: Wanted, path: str) -> Status:
    others = wanted.of_any_status()
    return Status(
        value=wanted.status,
        remove_url=f"{path}?{others.query}",
        others=others.pairs,
        choices=[(one.value, one.label, one.value in wanted.statuses) for one in FeatureRequest.Status],
    )


def _sort(wanted: Wanted, sort: str, path: str) -> Sort:
    return Sort(name=sort, url=f"{path}?{wanted.sorted_by(sort).query}", is_current=wanted.sort == sort)
