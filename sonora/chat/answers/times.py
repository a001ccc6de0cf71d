"""Two times that are compared: of one that is still running and a whole one, as many days of each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sonora.chat.answers import figures, reach
from sonora.chat.answers.groups import opening
from sonora.chat.answers.rows import Figure, Row
from sonora.chat.query import Query
from sonora.filters.dates import Between, Dates, Latest
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer

ALIKE = 3  # days by which months, quarters or years of one kind differ at most


@dataclass(frozen=True, slots=True)
class Stretch:
    """The whole days of *span*, from *first* to *last*."""

    span: Dates
    first: date
    last: date

    @classmethod
    def of(cls, span: Dates, viewer: Viewer) -> "Stretch | None":
        """None where one of its ends is open, or it is no row of days of its own: the latest ones are never whole."""
        start, end = span.bounds(viewer.now, viewer.zone)
        if isinstance(span, Latest) or start is None or end is None:
            return None
        return cls(span, _day(start, viewer), _day(end - 1, viewer))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def so_far(self, today: date) -> int:
        """How many of its days have begun."""
        return min(max((today - self.first).days + 1, 0), self.days)

    def cut(self, days: int) -> Between | None:
        """Its first *days*; None where these are all."""
        return Between(self.first, self.first + timedelta(days=days - 1)) if days < self.days else None


def rows(query: Query, viewer: Viewer) -> list[Row]:
    """The two times that *query* compares, the earlier one first; those of which a part is counted say which.

    No filter ends within a day: today is counted as far as it has come, another day whole, and both say so.
    """
    part = reach.which(query)
    spans = [span for span in (query.against, query.filters.of(part)) if span]
    told = _told(spans, viewer)
    return [
        _row(str(span), _label(span, shown, told[span]), query.filters.given(part, shown or span), query, viewer)
        for span, shown in zip(spans, _shown(spans, viewer), strict=True)
    ]


def _row(key: str, label: str, filters: FilterSet, query: Query, viewer: Viewer) -> Row:
    one = query.narrowed(filters)
    figure = Figure(number=figures.count(one, viewer), query=opening(one, one.filters))
    return Row(label=label, key=key, figures=(figure,))


def _label(span: Dates, shown: Between | None, told: str) -> str:
    more = shown.words if shown else told
    return f"{span.words[0].upper()}{span.words[1:]}{f' ({more})' if more else ''}"


def _shown(spans: list[Dates], viewer: Viewer) -> list[Between | None]:
    """The part of each of *spans* that is counted; None: all of it."""
    today = _day(viewer.now, viewer)
    found = [one for one in (Stretch.of(span, viewer) for span in spans) if one]
    running = [one for one in found if 0 < one.so_far(today) < one.days]
    over = [one for one in found if one.so_far(today) == one.days]
    if not (running and over) or abs(running[0].days - over[0].days) > ALIKE:
        return [None for _ in spans]
    return [one.cut(running[0].so_far(today)) for one in found]


def _told(spans: list[Dates], viewer: Viewer) -> dict[Dates, str]:
    """What is to be said of each of *spans* where today is compared with another day."""
    days = {span: one.first for span in spans if (one := Stretch.of(span, viewer)) and one.days == 1}
    today = _day(viewer.now, viewer)
    if today not in days.values():
        return dict.fromkeys(spans, "")
    said = {span: "so far" if day == today else "the whole day" for span, day in days.items()}
    return {span: said.get(span, "") for span in spans}


def _day(moment: int, viewer: Viewer) -> date:
    return datetime.fromtimestamp(moment, viewer.zone).date()
