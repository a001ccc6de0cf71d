"""One page of the audit trail."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from sonora.core import keyset, paging, typed
from sonora.core.days import Days
from sonora.screens.audit import facts, phrases
from sonora.screens.audit.facts import Fact
from sonora.screens.audit.phrases import AREAS, Area
from sonora.workspaces.models import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    entry: AuditEntry
    phrase: str
    facts: list[Fact]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """`area`, `who` and `days` are what the list is narrowed to; empty where it is not."""

    area: str
    who: str
    days: Days
    areas: tuple[Area, ...]
    rows: list[Row]
    links: paging.Links

    @property
    def is_narrowed(self) -> bool:
        return bool(self.area or self.who or self.days.named)


def page(asked: QueryDict) -> ListPage:
    """The newest entries first, of the area, the person and the days that *asked* names; what it does not know there
    narrows nothing.
    """
    area = next((one for one in AREAS if one.key == asked.get("area")), None)
    who = typed.text(asked.get("who", ""))
    days = Days.from_query(asked)
    entries = _entries(area, who).filter(days.passing("at"))
    shown = keyset.page(entries, order=("-at", "-pk"), after=asked.get("after"), before=asked.get("before"))
    named = {"area": area.key if area else "", "who": who, **days.named}
    kept = {name: value for name, value in named.items() if value}
    return ListPage(
        area=area.key if area else "",
        who=who,
        days=days,
        areas=AREAS,
        rows=[_row(entry) for entry in shown.rows],
        links=paging.links(shown, path=reverse("audit"), query=urlencode(kept)),
    )


def _entries(area: Area | None, who: str) -> QuerySet[AuditEntry]:
    entries = AuditEntry.objects.all()
    if area is not None:
        of_area = Q()
        for prefix in area.prefixes:
            of_area |= Q(action__startswith=prefix)
        entries = entries.filter(of_area)
    return entries.filter(actor__icontains=who) if who else entries


def _row(entry: AuditEntry) -> Row:
    return Row(entry=entry, phrase=phrases.phrase(entry.action), facts=facts.of(entry.detail))
