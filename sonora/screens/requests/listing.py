"""One page of the leaderboard, ready to be shown."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from sonora.core import clock, keyset, paging
from sonora.insights import counting
from sonora.insights.models import Evidence, FeatureRequest
from sonora.screens import counts
from sonora.screens.requests import figures
from sonora.screens.requests.wanted import PARTS, SORTS, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabs:
    """How many there are under each tab, in words."""

    listed: str
    to_check: str
    dismissed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One part of the filter, and the address without it; *others* are the other parts as hidden fields."""

    part: str
    name: str
    value: str
    remove_url: str
    others: list[tuple[str, str]]


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
    chips: list[Chip]
    sorts: dict[str, Sort]
    statuses: list[tuple[str, str, bool]]  # value, name, whether it is chosen
    matching: str


def tabs(workspace_id: int) -> Tabs:
    """The figures are right after this: whoever shows any calls it first."""
    counting.settle(workspace_id)
    asked_for = FeatureRequest.objects.filter(merged_into__isnull=True, mentions__gt=0)
    number = asked_for.aggregate(
        listed=Count("pk", filter=Q(dismissed=False)), dismissed=Count("pk", filter=Q(dismissed=True))
    )
    return Tabs(
        listed=counts.text(number["listed"]),
        to_check=counts.text(counts.capped(Evidence.objects.all().to_check().filter(request__dismissed=False))),
        dismissed=counts.text(number["dismissed"]),
    )


def page(wanted: Wanted, *, after: str | None, before: str | None) -> ListPage:
    """The page of *wanted* behind the cursor *after* or in front of *before*."""
    path = reverse("feature-requests")
    found = wanted.requests()
    shown = keyset.page(found.defer("vector"), order=SORTS[wanted.sort], after=after, before=before)
    matching = counts.text(counts.capped(found)) if shown.next or shown.previous else counts.text(len(shown))
    return ListPage(
        wanted=wanted,
        rows=_rows(shown, found),
        links=paging.links(shown, path=path, query=wanted.query, total=matching),
        chips=_chips(wanted, path),
        sorts={sort: _sort(wanted, sort, path) for sort in SORTS},
        statuses=[(one.value, one.label, one.value in wanted.statuses) for one in FeatureRequest.Status],
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
        chips=[],
        sorts={},
        statuses=[],
        matching="",
    )


def _rows(shown: keyset.Page[FeatureRequest], found: QuerySet[FeatureRequest]) -> list[figures.Row]:
    """The places of a first page count from one; those of others are not known."""
    most = found.order_by().aggregate(most=Max("customers"))["most"] or 0 if shown.rows else 0
    first, now = shown.previous is None, clock.now()
    return [
        figures.row(one, place=at if first else 0, most=most, now=now) for at, one in enumerate(shown.rows, start=1)
    ]


def _chips(wanted: Wanted, path: str) -> list[Chip]:
    """A chip for each part; that of the statuses also when it is open, to pick from."""
    values = {part: wanted.value(part) for part in PARTS}
    return [
        Chip(
            part=part,
            name=PARTS[part],
            value=value,
            remove_url=f"{path}?{wanted.without(part).query}",
            others=wanted.without(part).pairs,
        )
        for part, value in values.items()
        if value or part == "statuses"
    ]


def _sort(wanted: Wanted, sort: str, path: str) -> Sort:
    return Sort(name=sort, url=f"{path}?{wanted.sorted_by(sort).query}", is_current=wanted.sort == sort)
