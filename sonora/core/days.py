"""Days that a person names to narrow a list, in the current time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db.models import Q
from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From *since* to *until*, both included; None leaves that side open."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """What `since` and `until` of an address say; what is no day is left out."""
        return cls(since=_day(query.get("since", "")), until=_day(query.get("until", "")))

    @property
    def named(self) -> dict[str, str]:
        """The values of an address that say the same."""
        both = {"since": self.since, "until": self.until}
        return {name: day.isoformat() for name, day in both.items() if day}

    def passing(self, field: str) -> Q:
        """Rows whose *field*, in Unix seconds, lies within."""
        wanted = Q()
        if self.since:
            wanted &= Q(**{f"{field}__gte": _midnight(self.since)})
        if self.until:
            wanted &= Q(**{f"{field}__lt": _midnight(self.until + timedelta(days=1))})
        return wanted


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 1970 < found.year < 9000 else None


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=timezone.get_current_timezone()).timestamp())
