"""Days, months and other stretches of the calendar that people name. Pure."""

import re
from collections.abc import Callable
from datetime import date

from sonora.chat.interpreter import stretches
from sonora.chat.interpreter.numbers import NUMBER
from sonora.chat.interpreter.stretches import SHORT_MONTHS, WEEKDAYS, Days, NoSuchDay, end
from sonora.filters.dates import MONTHS, first_of

_MONTH = "(?:" + "|".join((*MONTHS, *SHORT_MONTHS)) + r")\.?"
_TH = "(?:st|nd|rd|th)?"
_THIS_OR_LAST = "(?:this|last|previous) year"
_PLAIN_YEAR = "(?:19|20)[0-9]{2}"
_YEAR = f"(?:{_PLAIN_YEAR}|{_THIS_OR_LAST})"
_IN_YEAR = rf"(?:(?: ,)? (?P<year>{_YEAR}))?"
_UNIT = "day|week|month|quarter|year"
_SIDE = re.compile(rf"(?:the )?(?P<side>beginning|start|end) of (?:(?:the )?(?P<unit>{_UNIT})(?= |$))?", re.ASCII)

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


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the )?{text}(?= |$)", re.ASCII)


_PATTERNS: list[tuple[re.Pattern[str], Read]] = [
    (_pattern(r"(?P<iso>[0-9]{4}([-/])[0-9]{2}\2[0-9]{2})"), stretches.iso),
    (_pattern(r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})"), stretches.month_of_year),
    (_pattern(r"(?P<day>[0-9]{1,2})\.(?P<number>[0-9]{1,2})\.(?P<year>[0-9]{4})"), stretches.dotted),
    (
        _pattern(rf"(?P<from>[0-9]{{1,2}})[-–](?P<day>[0-9]{{1,2}})(?: of)? (?P<month>{_MONTH}){_IN_YEAR}"),
        stretches.several,
    ),
    (
        _pattern(rf"(?P<month>{_MONTH}) (?P<from>[0-9]{{1,2}})[-–](?P<day>[0-9]{{1,2}}){_IN_YEAR}"),
        stretches.several,
    ),
    (_pattern(rf"(?P<day>[0-9]{{1,2}}){_TH}(?: of)? (?P<month>{_MONTH}){_IN_YEAR}"), stretches.day_of_month),
    (_pattern(rf"(?P<day>{'|'.join(stretches.ORDINALS)}) of (?P<month>{_MONTH}){_IN_YEAR}"), stretches.day_of_month),
    (_pattern(rf"(?P<month>{_MONTH}) (?P<day>[0-9]{{1,2}}){_TH}{_IN_YEAR}"), stretches.day_of_month),
    (re.compile(r"the (?P<day>[0-9]{1,2})(?:st|nd|rd|th)(?= |$)", re.ASCII), stretches.day_alone),
    (
        _pattern(rf"(?:(?P<which>last|previous|this) )?(?P<month>{_MONTH})(?:(?: of)? (?P<year>{_YEAR}))?"),
        stretches.whole_month,
    ),
    (_pattern(rf"q(?P<quarter>[1-4])(?:(?: of)? (?P<year>{_YEAR}))?"), stretches.quarter),
    (
        _pattern(rf"(?P<nth>{'|'.join(stretches.NTH)}) quarter(?:(?: of)? (?P<year>{_YEAR})| of the year)?"),
        stretches.nth_quarter,
    ),
    (
        _pattern(
            rf"(?P<nth>{'|'.join((*stretches.NTH, 'last'))}) (?P<unit>week|half) of (?:(?P<which>last|this) )?"
            rf"(?P<month>{_MONTH})(?:(?: of)? (?P<year>{_YEAR}))?"
        ),
        stretches.part_of_month,
    ),
    (_pattern(rf"(?P<half>h[12]|(?:first|second) half)(?:(?: of)? (?P<year>{_YEAR})| of the year)?"), stretches.half),
    (_pattern(rf"(?:year )?(?P<year>{_PLAIN_YEAR})"), stretches.year),
    (_pattern(r"(?:(?P<unit>year|quarter|month) to date|(?P<letter>[yqm])td)"), stretches.to_date),
    (_pattern(r"(?:(?P<which>last|previous|past|this) )?weekend"), stretches.weekend),
    (_pattern("(?P<word>today|yesterday|day before yesterday)"), stretches.named),
    (_pattern(rf"week (?P<week>[0-9]{{1,2}})(?: of)?{_IN_YEAR}"), stretches.week_of_year),
    (_pattern(rf"(?P<unit>{_UNIT}) before last"), stretches.before_last),
    (_pattern(rf"(?P<which>this|current|last|previous) (?P<unit>{_UNIT})"), stretches.running),
    (_pattern(rf"(?P<count>{NUMBER}) (?P<unit>day|week|month|year)s? ago"), stretches.ago),
    (_pattern(rf"(?:(?P<which>last|previous) )?(?P<weekday>{'|'.join(WEEKDAYS)})"), stretches.weekday),
]
