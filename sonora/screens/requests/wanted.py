"""Which requests the leaderboard shows, and in which order: a value that an address carries."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from sonora.core import typed
from sonora.customers.models import Customer
from sonora.insights import finding
from sonora.insights.models import Evidence, FeatureRequest

STATUSES = tuple(FeatureRequest.Status.values)
SORTS = {
    "customers": ("-customers", "-people", "-mentions", "-pk"),
    "people": ("-people", "-customers", "-mentions", "-pk"),
    "arr": ("-arr", "-customers", "-pk"),
    "mentions": ("-mentions", "-customers", "-pk"),
    "asked": ("-last_asked_at", "-pk"),
}
PARTS = {"text": "Text", "statuses": "Status", "customer": "Customer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Parts combine with AND, statuses with OR; *customer* is a primary key, *sort* a key of `SORTS`."""

    statuses: frozenset[str] = frozenset()
    customer: int | None = None
    text: str = ""
    sort: str = "customers"

    @classmethod
    def from_query(cls, query: QueryDict) -> "Wanted":
        """What an address asks for; what cannot be meant is passed over."""
        return cls(
            statuses=frozenset(query.getlist("status")) & frozenset(STATUSES),
            customer=number(query.get("customer", "")),
            text=typed.text(query.get("q", "")),
            sort=query.get("sort", "") if query.get("sort") in SORTS else "customers",
        )

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of an address, always in the same order."""
        parts = [("q", self.text)] if self.text else []
        parts += [("status", status) for status in STATUSES if status in self.statuses]
        parts += [("customer", str(self.customer))] if self.customer is not None else []
        return parts + ([("sort", self.sort)] if self.sort != "customers" else [])

    @property
    def query(self) -> str:
        """As the query of an address, without a question mark."""
        return urlencode(self.pairs)

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.statuses or self.customer is not None)

    def without(self, part: str) -> "Wanted":
        """The same with *part*, a key of `PARTS`, left open."""
        empty = Wanted()
        return replace(self, **{part: getattr(empty, part)})

    def sorted_by(self, sort: str) -> "Wanted":
        return replace(self, sort=sort)

    def requests(self) -> QuerySet[FeatureRequest]:
        """The listed requests that pass, in no order."""
        found: QuerySet[FeatureRequest] = FeatureRequest.objects.all().listed()
        if self.statuses:
            found = found.filter(status__in=self.statuses)
        if self.customer is not None:
            theirs = Evidence.objects.filter(conversation__customer=self.customer).counted()
            found = found.filter(pk__in=theirs.values("request"))
        return finding.worded(found, self.text) if self.text else found

    def value(self, part: str) -> str:
        """*part* in words; empty where it is open."""
        if part == "customer" and self.customer is not None:
            return str(Customer.objects.filter(pk=self.customer).first() or "one that is gone")
        if part == "statuses":
            return ", ".join(status.label for status in FeatureRequest.Status if status.value in self.statuses)
        return f"“{self.text}”" if part == "text" and self.text else ""


def number(text: str) -> int | None:
    """*text* as a primary key; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
