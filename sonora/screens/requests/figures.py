"""The figures of one request in the words and marks of a table."""

from dataclasses import dataclass

from sonora.chat.query import Metric, Query
from sonora.core.marks import Bar
from sonora.core.words import WEEK, thousands
from sonora.filters.filterset import FilterSet
from sonora.insights.counting import WEEKS
from sonora.insights.models import FeatureRequest
from sonora.screens.chat import addresses

STATUS_LOOKS = {
    "new": ("neutral", "spark"),
    "under_review": ("accent", "eye"),
    "planned": ("info", "clock"),
    "shipped": ("ok", "check"),
    "not_planned": ("neutral", "x"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One request; *place* is its number in the list, *share* how wide its bar of customers is, in percent."""

    request: FeatureRequest
    place: int
    share: int
    bars: list[Bar]
    trend: str

    @property
    def customers_url(self) -> str:
        """Where those customers are listed."""
        asking = FilterSet(requests=frozenset({self.request.pk}))
        return addresses.of(Query(metric=Metric.CUSTOMERS, filters=asking))

    @property
    def look(self) -> tuple[str, str]:
        return STATUS_LOOKS[self.request.status]

    @property
    def arr(self) -> str:
        return money(self.request)

    @property
    def is_of_one(self) -> bool:
        """Whether only one person asks so far."""
        return self.request.people < 2 and self.request.customers < 2


def row(request: FeatureRequest, *, place: int, most: int, now: int) -> Row:
    """*request* at *place* of a list in which one of its neighbours has *most* customers; *now* in Unix seconds."""
    mentions = weekly(request, now=now)
    return Row(
        request=request,
        place=place,
        share=round(100 * request.customers / most) if most else 0,
        bars=_bars(mentions),
        trend=f"Mentions in each of the last {WEEKS} weeks: {', '.join(map(str, mentions))}",
    )


def weekly(request: FeatureRequest, *, now: int) -> list[int]:
    """How often it was mentioned in each of the latest weeks, oldest first."""
    this = now // WEEK
    return [int(request.weeks.get(str(week), 0)) for week in range(this - WEEKS + 1, this + 1)]


def money(request: FeatureRequest) -> str:
    """The yearly revenue of those who ask, in whole units; empty where none is known."""
    return thousands(round(request.arr)) if request.arr else ""


def _bars(mentions: list[int]) -> list[Bar]:
    most = max(mentions) or 1
    return [Bar(height=number / most, meaning="accent") for number in mentions]
