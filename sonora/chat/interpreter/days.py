"""Days, months and other stretches of the calendar that people name, as whole days. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sonora.chat.interpreter.numbers import NUMBER, counted
from sonora.filters.dates import MONTHS, Between, Dates, LastMonthNamed, Period, first_after, first_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH = "(?:" + "|".join((*MONTHS, *_SHORT)) + r")\.?"
_TH = "(?:st|nd|rd|th)?"
_THIS_OR_LAST = "(?:this|last|previous) year"
_PLAIN_YEAR = "(?:19|20)[0-9]{2}"
_YEAR = f"(?:{_PLAIN_YEAR}|{_THIS_OR_LAST})"
_IN_YEAR = rf"(?:(?: ,)? (?P<year>{_YEAR}))?"
_NTH = ("first", "second", "third", "fourth")
_UNIT = "day|week|month|quarter|year"
_SIDE = re.compile(rf"(?:the )?(?P<side>beginning|start|end) of (?:(?:the )?(?P<unit>{_UNIT})(?= |$))?", re.ASCII)


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


Read = Callable[[re.Match[str], date], Days]


def at(text: str, place: int, today: date) -> tuple[Days, int] | None:
    """The days that *text* (words in lower case, single blanks) names at *place*, and where it goes on after them.

    A day or month without a year is the latest that has begun by *today*. Raises NoSuchDay.
    """
    if side := _SIDE.match(text, place):
        return _side(text, side, today)
    for pattern, read in _PATTERNS:
        if match := pattern.match(text, place):
            try:
                return read(match, today), match.end()
            except (ValueError, OverflowError) as error:
                raise NoSuchDay(match[0]) from error
    return None


def _side(text: str, side: re.Match[str], today: date) -> tuple[Days, int] | None:
    """The first or the last day of what is named behind "beginning of"; of "the month" of the one that is running."""
    if side["unit"]:
        first = first_of(today, side["unit"])
        whole = Days(first, end(first, side["unit"])), side.end()
    elif (whole := at(text, side.end(), today)) is None:  # type: ignore[assignment]
        return None
    day = whole[0].last if side["side"] == "end" else whole[0].first
    return Days(day, day), whole[1]


def end(first: date, unit: str) -> date:
    """The last day of the unit that begins at *first*."""
    return first_after(first, unit) - timedelta(days=1)


def _iso(found: re.Match[str], _: date) -> Days:
    day = date.fromisoformat(found["iso"].replace("/", "-"))
    return Days(day, day)


def _day_of_month(found: re.Match[str], today: date) -> Days:
    month, day = _month(found["month"]), int(found["day"])
    written = date(_said_year(found, today) or today.year, month, day)
    if not found["year"] and written > today:
        written = date(today.year - 1, month, day)
    return Days(written, written)


def _whole_month(found: re.Match[str], today: date) -> Days:
    month = _month(found["month"])
    before = found["which"] in {"last", "previous"}
    year = _said_year(found, today) or (today.year if month < today.month + (not before) else today.year - 1)
    first = date(year, month, 1)
    return Days(first, end(first, "month"), LastMonthNamed(month) if before and not found["year"] else None)


def _quarter(found: re.Match[str], today: date) -> Days:
    return _quarter_from(int(found["quarter"]) * 3 - 2, found, today)


def _nth_quarter(found: re.Match[str], today: date) -> Days:
    return _quarter_from(_NTH.index(found["nth"]) * 3 + 1, found, today)


def _quarter_from(month: int, found: re.Match[str], today: date) -> Days:
    first = date(_said_year(found, today) or (today.year if month <= today.month else today.year - 1), month, 1)
    return Days(first, end(first, "quarter"))


def _year(found: re.Match[str], _: date) -> Days:
    year = int(found["year"])
    return Days(date(year, 1, 1), date(year, 12, 31))


def _named(found: re.Match[str], today: date) -> Days:
    word = found["word"]
    back = {"today": 0, "yesterday": 1}.get(word, 2)
    day = today - timedelta(days=back)
    return Days(day, day, {0: Period("this", "day"), 1: Period("last", "day")}.get(back))


def _running(found: re.Match[str], today: date) -> Days:
    unit, which = found["unit"], "this" if found["which"] in {"this", "current"} else "last"
    first = first_of(today, unit)
    if which == "last":
        first = first_of(first - timedelta(days=1), unit)
    return Days(first, end(first, unit), Period(which, unit))


def _week_of_year(found: re.Match[str], today: date) -> Days:
    """Weeks are counted as in ISO 8601."""
    first = date.fromisocalendar(_said_year(found, today) or today.year, int(found["week"]), 1)
    if not found["year"] and first > today:
        first = date.fromisocalendar(today.year - 1, int(found["week"]), 1)
    return Days(first, first + timedelta(days=6))


def _before_last(found: re.Match[str], today: date) -> Days:
    first = first_of(today, found["unit"])
    for _ in range(2):
        first = first_of(first - timedelta(days=1), found["unit"])
    return Days(first, end(first, found["unit"]))


def _ago(found: re.Match[str], today: date) -> Days:
    count, unit = counted(found["count"]), found["unit"]
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        first = date(months // 12, months % 12 + 1, 1)
        day = min(first + timedelta(days=today.day - 1), end(first, "month"))
    else:
        day = today - timedelta(days=count * {"day": 1, "week": 7, "year": 365}[unit])
    return Days(day, day)


def _weekday(found: re.Match[str], today: date) -> Days:
    back = (today.weekday() - WEEKDAYS.index(found["weekday"])) % 7
    day = today - timedelta(days=back or (7 if found["which"] else 0))
    return Days(day, day)


def _several(found: re.Match[str], today: date) -> Days:
    """The days of one month: 3-10 May."""
    last = _day_of_month(found, today)
    first = last.first.replace(day=int(found["from"]))
    return Days(first, last.last)


def _dotted(found: re.Match[str], _: date) -> Days:
    day = date(int(found["year"]), int(found["number"]), int(found["day"]))
    return Days(day, day)


def _month_of_year(found: re.Match[str], _: date) -> Days:
    first = date(int(found["year"]), int(found["number"]), 1)
    return Days(first, end(first, "month"))


def _half(found: re.Match[str], today: date) -> Days:
    month = 1 if found["half"] in {"h1", "first half"} else 7
    first = date(_said_year(found, today) or (today.year if month <= today.month else today.year - 1), month, 1)
    return Days(first, date(first.year, month + 5, 31 if month == 7 else 30))


def _to_date(found: re.Match[str], today: date) -> Days:
    unit = found["unit"] or {"y": "year", "q": "quarter", "m": "month"}[found["letter"]]
    first = first_of(today, unit)
    return Days(first, end(first, unit), Period("this", unit))


def _weekend(found: re.Match[str], today: date) -> Days:
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
    return _SHORT[word.rstrip(".")[:3]]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the )?{text}(?= |$)", re.ASCII)


_PATTERNS: list[tuple[re.Pattern[str], Read]] = [
    (_pattern(r"(?P<iso>[0-9]{4}([-/])[0-9]{2}\2[0-9]{2})"), _iso),
    (_pattern(r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})"), _month_of_year),
    (_pattern(r"(?P<day>[0-9]{1,2})\.(?P<number>[0-9]{1,2})\.(?P<year>[0-9]{4})"), _dotted),
    (
        _pattern(rf"(?P<from>[0-9]{{1,2}})[-–](?P<day>[0-9]{{1,2}})(?: of)? (?P<month>{_MONTH}){_IN_YEAR}"),
        _several,
    ),
    (
        _pattern(rf"(?P<month>{_MONTH}) (?P<from>[0-9]{{1,2}})[-–](?P<day>[0-9]{{1,2}}){_IN_YEAR}"),
        _several,
    ),
    (_pattern(rf"(?P<day>[0-9]{{1,2}}){_TH}(?: of)? (?P<month>{_MONTH}){_IN_YEAR}"), _day_of_month),
    (_pattern(rf"(?P<month>{_MONTH}) (?P<day>[0-9]{{1,2}}){_TH}{_IN_YEAR}"), _day_of_month),
    (_pattern(rf"(?:(?P<which>last|previous|this) )?(?P<month>{_MONTH})(?:(?: of)? (?P<year>{_YEAR}))?"), _whole_month),
    (_pattern(rf"q(?P<quarter>[1-4])(?:(?: of)? (?P<year>{_YEAR}))?"), _quarter),
    (
        _pattern(rf"(?P<nth>{'|'.join(_NTH)}) quarter(?:(?: of)? (?P<year>{_YEAR})| of the year)?"),
        _nth_quarter,
    ),
    (_pattern(rf"(?P<half>h[12]|(?:first|second) half)(?:(?: of)? (?P<year>{_YEAR})| of the year)?"), _half),
    (_pattern(rf"(?P<year>{_PLAIN_YEAR})"), _year),
    (_pattern(r"(?:(?P<unit>year|quarter|month) to date|(?P<letter>[yqm])td)"), _to_date),
    (_pattern(r"(?:(?P<which>last|previous|past|this) )?weekend"), _weekend),
    (_pattern("(?P<word>today|yesterday|day before yesterday)"), _named),
    (_pattern(rf"week (?P<week>[0-9]{{1,2}})(?: of)?{_IN_YEAR}"), _week_of_year),
    (_pattern(rf"(?P<unit>{_UNIT}) before last"), _before_last),
    (_pattern(rf"(?P<which>this|current|last|previous) (?P<unit>{_UNIT})"), _running),
    (_pattern(rf"(?P<count>{NUMBER}) (?P<unit>day|week|month|year)s? ago"), _ago),
    (_pattern(rf"(?:(?P<which>last|previous) )?(?P<weekday>{'|'.join(WEEKDAYS)})"), _weekday),
]
