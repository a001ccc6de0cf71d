"""Two times that are compared: of one that is still running and a whole one, as many days of each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sonora.chat.answers import buckets, figures
from sonora.chat.answers.groups import opening
from sonora.chat.answers.rows import Figure, Row
from sonora.chat.query import Query
from sonora.filters.dates import Between, Dates, Latest
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
    """The two times that *query* compares, the earlier one first; those of which a part is counted say which."""
    part = buckets.which(query)
    spans = [span for span in (query.against, query.filters.of(part)) if span]
    return [_row(query, part, span, shown, viewer) for span, shown in zip(spans, _shown(spans, viewer), strict=True)]


def _row(query: Query, part: str, span: Dates, shown: Between | None, viewer: Viewer) -> Row:
    one = query.narrowed(query.filters.given(part, shown or span))
    words = span.words.capitalize()
    return Row(
        label=f"{words} ({shown.words})" if shown else words,
        key=str(span),
        figures=(Figure(number=figures.count(one, viewer), query=opening(one, one.filters)),),
    )


def _shown(spans: list[Dates], viewer: Viewer) -> list[Between | None]:
    """The part of each of *spans* that is counted; None: all of it."""
    today = _day(viewer.now, viewer)
    found = [one for one in (Stretch.of(span, viewer) for span in spans) if one]
    running = [one for one in found if 0 < one.so_far(today) < one.days]
    over = [one for one in found if one.so_far(today) == one.days]
    if not (running and over) or abs(running[0].days - over[0].days) > ALIKE:
        return [None for _ in spans]
    return [one.cut(running[0].so_far(today)) for one in found]


def _day(moment: int, viewer: Viewer) -> date:
    return datetime.fromtimestamp(moment, viewer.zone).date()
