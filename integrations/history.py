"""The runs of a connection as people look for them: by result, kind, changed object and day, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from integrations.models import Connection, SyncRun
from integrations.objects import TITLES
from sonora.core import typed
from sonora.core.days import Days

PAGE = 50
NEVER = 2**53  # later than any run


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which runs are shown; what is empty leaves all."""

    result: str = ""
    kind: str = ""
    changed: str = ""  # a kind of object that the run changed
    days: Days = field(default_factory=Days)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """The filter that an address names; what it does not know there is left out."""
        result, kind, changed = (query.get(name, "") for name in ("result", "kind", "changed"))
        return cls(
            result=result if result in SyncRun.Result else "",
            kind=kind if kind in SyncRun.Kind else "",
            changed=changed if changed in TITLES else "",
            days=Days.from_query(query),
        )

    @property
    def query(self) -> str:
        """The filter as a part of an address."""
        named = {"result": self.result, "kind": self.kind, "changed": self.changed, **self.days.named}
        return urlencode({name: value for name, value in named.items() if value})

    def runs(self, connection: Connection) -> "QuerySet[SyncRun]":
        """The runs of *connection* that pass, newest first."""
        wanted = Q(connection=connection) & self.days.passing("started_at")
        if self.result:
            wanted &= Q(result=self.result)
        if self.kind:
            wanted &= Q(kind=self.kind)
        if self.changed:
            wanted &= Q(**{f"saved__{self.changed}__gt": 0})
        return SyncRun.objects.filter(wanted).order_by("-started_at", "-pk")


def page(connection: Connection, shown: Filter, *, before: str) -> tuple[list[SyncRun], int | None]:
    """A page of the runs that pass *shown*, and the id to go on with; *before* is the last run of the page before."""
    runs = shown.runs(connection)
    last = typed.key(before)
    if last is not None:
        mark = Subquery(SyncRun.objects.filter(connection=connection, pk=last).values("started_at"))
        begun = Coalesce(mark, NEVER)  # who names a run that is not there sees the newest
        runs = runs.filter(Q(started_at__lt=begun) | Q(started_at=begun, pk__lt=last))
    found = list(runs[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None
