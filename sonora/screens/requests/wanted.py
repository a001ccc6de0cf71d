"""Which requests the leaderboard shows, and in which order: a value that an address carries."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from sonora.filters.chips import Pairs
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights import finding
from sonora.insights.models import FeatureRequest

STATUSES = tuple(FeatureRequest.Status.values)
SORTS = {
    "customers": ("-customers", "-people", "-mentions", "-pk"),
    "people": ("-people", "-customers", "-mentions", "-pk"),
    "arr": ("-arr", "-customers", "-pk"),
    "mentions": ("-mentions", "-customers", "-pk"),
    "asked": ("-last_asked_at", "-pk"),
}
BESIDE = frozenset({"status", "sort"})  # names of an address that are no filter of everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Parts combine with AND, statuses with OR; *shown* is the filter of everything, *sort* a key of `SORTS`."""

    statuses: frozenset[str] = frozenset()
    shown: FilterSet = field(default_factory=FilterSet)
    sort: str = "customers"

    @classmethod
    def from_query(cls, query: QueryDict) -> "Wanted":
        """What an address asks for; what cannot be meant is passed over."""
        return cls(
            statuses=frozenset(query.getlist("status")) & frozenset(STATUSES),
            shown=FilterSet.from_query(query),
            sort=query.get("sort", "") if query.get("sort") in SORTS else "customers",
        )

    @property
    def beside(self) -> Pairs:
        """The names and values of an address that are no filter of everything."""
        parts = [("status", status) for status in STATUSES if status in self.statuses]
        return (*parts, *([("sort", self.sort)] if self.sort != "customers" else []))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of an address, always in the same order."""
        return [*self.shown.pairs, *self.beside]

    @property
    def query(self) -> str:
        """As the query of an address, without a question mark."""
        return urlencode(self.pairs)

    @property
    def narrows(self) -> bool:
        return bool(self.statuses) or not self.shown.is_empty

    @property
    def status(self) -> str:
        """The statuses in words; empty where any is wanted."""
        return ", ".join(status.label for status in FeatureRequest.Status if status.value in self.statuses)

    def of_any_status(self) -> "Wanted":
        return replace(self, statuses=frozenset())

    def sorted_by(self, sort: str) -> "Wanted":
        return replace(self, sort=sort)

    def requests(self, viewer: Viewer) -> QuerySet[FeatureRequest]:
        """The listed requests that pass, in no order; the text is looked for in their titles and in quotes."""
        found = self.shown.without("text").requests_passing(viewer)
        if self.statuses:
            found = found.filter(status__in=self.statuses)
        return finding.worded(found, self.shown.text) if self.shown.text else found


def number(text: str) -> int | None:
    """*text* as a primary key; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
