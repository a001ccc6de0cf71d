"""Whole days that are meant by words which say a stretch of the calendar (`days`). Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sonora.chat.interpreter.numbers import counted
from sonora.filters.dates import MONTHS, Between, Dates, LastMonthNamed, Period, first_after, first_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NTH = ORDINALS[:4]


class NoSuchDay(ValueError):
    """What was written looks like a day, and the calendar has none like it."""


@dataclass(frozen=True, slots=True)
class Days:
    """From *first* to *last*, both whole; *says* is the same as a span that stays true as time goes by, if any is."""

    first: date
    last: date
    says: Dates | None = None

    @property
    def span(self) -> Dates:
        return self.says or Between(self.first, self.last)


def end(first: date, unit: str) -> date:
    """The last day of the unit that begins at *first*."""
    return first_after(first, unit) - timedelta(days=1)


def iso(found: re.Match[str], _: date) -> Days:
    day = date.fromisoformat(found["iso"].replace("/", "-"))
    return Days(day, day)


def day_of_month(found: re.Match[str], today: date) -> Days:
    month, day = _month(found["month"]), _number(found["day"])
    written = date(_said_year(found, today) or today.year, month, day)
    if not found["year"] and written > today:
        written = date(today.year - 1, month, day)
    return Days(written, written)


def _number(day: str) -> int:
    return ORDINALS.index(day) + 1 if day in ORDINALS else int(day)


def day_alone(found: re.Match[str], today: date) -> Days:
    """The latest day of that number: "since the 3rd"."""
    number, month = int(found["day"]), today.replace(day=1)
    month = month if number <= today.day else first_of(month - timedelta(days=1), "month")
    day = month.replace(day=number)
    return Days(day, day)


def whole_month(found: re.Match[str], today: date) -> Days:
    month = _month(found["month"])
    before = found["which"] in {"last", "previous"}
    year = _said_year(found, today) or (today.year if month < today.month + (not before) else today.year - 1)
    first = date(year, month, 1)
    return Days(first, end(first, "month"), LastMonthNamed(month) if before and not found["year"] else None)


def quarter(found: re.Match[str], today: date) -> Days:
    return _quarter_from(int(found["quarter"]) * 3 - 2, found, today)


def nth_quarter(found: re.Match[str], today: date) -> Days:
    return _quarter_from(NTH.index(found["nth"]) * 3 + 1, found, today)


def _quarter_from(month: int, found: re.Match[str], today: date) -> Days:
    first = date(_said_year(found, today) or (today.year if month <= today.month else today.year - 1), month, 1)
    return Days(first, end(first, "quarter"))


def year(found: re.Match[str], _: date) -> Days:
    year = int(found["year"])
    return Days(date(year, 1, 1), date(year, 12, 31))


def named(found: re.Match[str], today: date) -> Days:
    word = found["word"]
    back = {"today": 0, "yesterday": 1}.get(word, 2)
    day = today - timedelta(days=back)
    return Days(day, day, {0: Period("this", "day"), 1: Period("last", "day")}.get(back))


def running(found: re.Match[str], today: date) -> Days:
    unit, which = found["unit"], "this" if found["which"] in {"this", "current"} else "last"
    first = first_of(today, unit)
    if which == "last":
        first = first_of(first - timedelta(days=1), unit)
    return Days(first, end(first, unit), Period(which, unit))


def week_of_year(found: re.Match[str], today: date) -> Days:
    """Weeks are counted as in ISO 8601."""
    first = date.fromisocalendar(_said_year(found, today) or today.year, int(found["week"]), 1)
    if not found["year"] and first > today:
        first = date.fromisocalendar(today.year - 1, int(found["week"]), 1)
    return Days(first, first + timedelta(days=6))


def before_last(found: re.Match[str], today: date) -> Days:
    first = first_of(today, found["unit"])
    for _ in range(2):
        first = first_of(first - timedelta(days=1), found["unit"])
    return Days(first, end(first, found["unit"]))


def ago(found: re.Match[str], today: date) -> Days:
    count, unit = counted(found["count"]), found["unit"]
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        first = date(months // 12, months % 12 + 1, 1)
        day = min(first + timedelta(days=today.day - 1), end(first, "month"))
    else:
        day = today - timedelta(days=count * {"day": 1, "week": 7, "year": 365}[unit])
    return Days(day, day)


def weekday(found: re.Match[str], today: date) -> Days:
    back = (today.weekday() - WEEKDAYS.index(found["weekday"])) % 7
    day = today - timedelta(days=back or (7 if found["which"] else 0))
    return Days(day, day)


def several(found: re.Match[str], today: date) -> Days:
    """The days of one month: 3-10 May."""
    last = day_of_month(found, today)
    first = last.first.replace(day=int(found["from"]))
    return Days(first, last.last)


def dotted(found: re.Match[str], _: date) -> Days:
    day = date(int(found["year"]), int(found["number"]), int(found["day"]))
    return Days(day, day)


def month_of_year(found: re.Match[str], _: date) -> Days:
    first = date(int(found["year"]), int(found["number"]), 1)
    return Days(first, end(first, "month"))


def part_of_month(found: re.Match[str], today: date) -> Days:
    """Weeks of a month are counted from its first day; the last one is its last seven days."""
    whole = whole_month(found, today)
    nth, last = found["nth"], whole.last
    if found["unit"] == "half":
        if nth not in {"first", "second", "last"}:
            raise NoSuchDay(found[0])
        middle = whole.first.replace(day=15)
        return Days(whole.first, middle) if nth == "first" else Days(middle + timedelta(days=1), last)
    first = last - timedelta(days=6) if nth == "last" else whole.first + timedelta(days=7 * NTH.index(nth))
    return Days(first, first + timedelta(days=6))


def half(found: re.Match[str], today: date) -> Days:
    month = 1 if found["half"] in {"h1", "first half"} else 7
    first = date(_said_year(found, today) or (today.year if month <= today.month else today.year - 1), month, 1)
    return Days(first, date(first.year, month + 5, 31 if month == 7 else 30))


def to_date(found: re.Match[str], today: date) -> Days:
    unit = found["unit"] or {"y": "year", "q": "quarter", "m": "month"}[found["letter"]]
    first = first_of(today, unit)
    return Days(first, end(first, unit), Period("this", unit))


def weekend(found: re.Match[str], today: date) -> Days:
    """Saturday and Sunday: the latest that have begun, "last": that are over, "this": those of this week."""
    back = (today.weekday() - 5) % 7
    if found["which"] == "this":
        back = today.weekday() - 5
    elif found["which"] and back < 2:
        back += 7
    first = today - timedelta(days=back)
    return Days(first, first + timedelta(days=1))


def _said_year(found: re.Match[str], today: date) -> int | None:
    said = found["year"]
    if said and said.endswith("year"):
        return today.year - (not said.startswith("this"))
    return int(said) if said else None


def _month(word: str) -> int:
    return SHORT_MONTHS[word.rstrip(".")[:3]]
