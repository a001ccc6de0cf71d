"""Spans of time, said once: `last-30-days`, `this-month`, `last-february`, `2026-11-01..2026-11-25`.

Days begin at midnight in the time zone that is asked with, weeks on Monday. A span is half open: its end belongs to it
no more. Pure.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

Bounds = tuple[int | None, int | None]  # Unix seconds from which on, and before which; None: open

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MOST = {"hour": 10_000, "day": 10_000, "week": 1_500, "month": 360, "year": 30}
PERIODS = ("day", "week", "month", "quarter", "year")
YEARS = range(1970, 2201)
DAY_NAMES = {"this-day": "today", "last-day": "yesterday"}


@dataclass(frozen=True, slots=True)
class Latest:
    """The *number* days, weeks, months or years that end with today, or the hours that end now."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"last-{self.number}-{self.unit}{'s' * (self.number != 1)}"

    @property
    def words(self) -> str:
        return str(self).replace("-", " ")

    def bounds(self, now: int, zone: tzinfo) -> Bounds:
        """See `Dates`."""
        if self.unit == "hour":
            return now - self.number * 3600, None
        tomorrow = _today(now, zone) + timedelta(days=1)
        return _midnight(_back(tomorrow, self.number, self.unit), zone), _midnight(tomorrow, zone)


@dataclass(frozen=True, slots=True)
class Period:
    """The day, week, month, quarter or year that is running (*which* `this`), or the one before it (`last`)."""

    which: str
    unit: str

    def __str__(self) -> str:
        return DAY_NAMES.get(f"{self.which}-{self.unit}", f"{self.which}-{self.unit}")

    @property
    def words(self) -> str:
        return str(self).replace("-", " ")

    def bounds(self, now: int, zone: tzinfo) -> Bounds:
        """See `Dates`."""
        first = first_of(_today(now, zone), self.unit)
        if self.which == "last":
            first = first_of(first - timedelta(days=1), self.unit)
        return _midnight(first, zone), _midnight(first_after(first, self.unit), zone)


@dataclass(frozen=True, slots=True)
class LastMonthNamed:
    """The latest January (*month* 1), February, … that is over."""

    month: int

    def __str__(self) -> str:
        return f"last-{MONTHS[self.month - 1]}"

    @property
    def words(self) -> str:
        return f"last {MONTHS[self.month - 1].capitalize()}"

    def bounds(self, now: int, zone: tzinfo) -> Bounds:
        """See `Dates`."""
        today = _today(now, zone)
        first = date(today.year if today.month > self.month else today.year - 1, self.month, 1)
        return _midnight(first, zone), _midnight(first_after(first, "month"), zone)


@dataclass(frozen=True, slots=True)
class Between:
    """From the day *first* to the day *last*, both whole; None: open on that side."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"

    @property
    def words(self) -> str:
        if self.first and self.last:
            return _day(self.first) if self.first == self.last else f"{_day(self.first)} to {_day(self.last)}"
        return f"since {_day(self.first)}" if self.first else f"until {_day(self.last)}" if self.last else "any time"

    def bounds(self, now: int, zone: tzinfo) -> Bounds:  # noqa: ARG002 - the same question to every kind of span
        """See `Dates`."""
        return (
            _midnight(self.first, zone) if self.first else None,
            _midnight(self.last + timedelta(days=1), zone) if self.last else None,
        )


Dates = Latest | Period | LastMonthNamed | Between
"""A span. `str` gives what `parse` reads, `words` what people read, and `bounds(now, zone)` the seconds it means when
it is asked at *now* (Unix seconds) where days begin as in *zone*."""

_LATEST = re.compile(r"last-([1-9][0-9]{0,4})-(hour|day|week|month|year)s?", re.ASCII)
_PERIOD = re.compile(rf"(this|last)-({'|'.join(PERIODS)})", re.ASCII)
_NAMED = re.compile(rf"last-({'|'.join(MONTHS)})", re.ASCII)
_BETWEEN = re.compile(r"(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?", re.ASCII)


def parse(text: str) -> Dates:
    """The span that *text* says. Raises ValueError when it says none, or one that ends before it begins."""
    written = {name: unit for unit, name in DAY_NAMES.items()}.get(text, text)
    if found := _LATEST.fullmatch(written):
        return _latest(int(found[1]), found[2])
    if found := _PERIOD.fullmatch(written):
        return Period(found[1], found[2])
    if found := _NAMED.fullmatch(written):
        return LastMonthNamed(MONTHS.index(found[1]) + 1)
    if found := _BETWEEN.fullmatch(written):
        return between(found[1] or "", found[2] or "")
    raise ValueError(f"{text!r} is no span of time.")


def between(first: str, last: str) -> Between:
    """The span of whole days from *first* to *last* (ISO dates); an empty one leaves that side open, but not both.

    Raises ValueError for what is no date, years out of reach, and an end before the beginning.
    """
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    if not any(days) or any(day.year not in YEARS for day in days if day):
        raise ValueError(f"{first}..{last} is no span of time.")
    if days[0] and days[1] and days[1] < days[0]:
        raise ValueError(f"{first}..{last} ends before it begins.")
    return Between(*days)


def _latest(number: int, unit: str) -> Latest:
    if number > MOST[unit]:
        raise ValueError(f"{number} {unit}s are too many.")
    return Latest(number, unit)


def _today(now: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(now, zone).date()


def _midnight(day: date, zone: tzinfo) -> int:
    """When *day* begins; where clocks are put forward at midnight, the moment of that."""
    return int(datetime.combine(day, time(), zone).timestamp())


def _back(day: date, number: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return day - timedelta(days=number * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 - number * (12 if unit == "year" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), first_after(first, "month"))


def first_of(day: date, unit: str) -> date:
    """The first day of the period in which *day* is."""
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case _:
            return date(day.year, 1, 1)


def first_after(first: date, unit: str) -> date:
    """The first day of the period after the one that begins at *first*."""
    days = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[unit]
    return first_of(first + timedelta(days=days), unit)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
