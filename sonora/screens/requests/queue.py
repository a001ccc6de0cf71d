"""Quotes of which a person is to say whether they ask for anything: those that most likely do come first."""

from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse

from sonora.core import keyset, paging
from sonora.insights.models import Evidence

ORDER = ("-probability", "-pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One quote; *then* is the one (primary key) that takes its place when it leaves the list."""

    evidence: Evidence
    percent: int
    then: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    rows: list[Row]
    links: paging.Links


def page(*, after: str | None, before: str | None, total: str) -> QueuePage:
    """The page of the queue behind the cursor *after* or in front of *before*; *total* is the count in words."""
    related = ("request", "message__contact__person", "conversation__customer")
    waiting = Evidence.objects.all().to_check().filter(request__dismissed=False).select_related(*related)
    shown = keyset.page(waiting.defer("vector", "request__vector"), order=ORDER, after=after, before=before)
    return QueuePage(
        rows=_rows(shown.rows),
        links=paging.links(shown, path=reverse("feature-requests-to-check"), total=total),
    )


def _rows(shown: list[Evidence]) -> list[Row]:
    then: dict[int, int] = dict(pairwise([one.pk for one in shown]))
    if len(shown) > 1:
        then[shown[-1].pk] = shown[-2].pk
    return [Row(evidence=one, percent=round(100 * one.probability), then=then.get(one.pk)) for one in shown]
