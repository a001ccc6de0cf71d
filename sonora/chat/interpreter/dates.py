"""Spans of time as people word them: "last 30 days", "since March", "between 1 and 15 May". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sonora.chat.interpreter import days
from sonora.chat.interpreter.numbers import NUMBER, counted
from sonora.chat.interpreter.stretches import Days, NoSuchDay
from sonora.chat.interpreter.tokens import Token
from sonora.filters.dates import MOST, YEARS, Between, Dates, Latest

LONGEST = 12  # words of one span

_LEAD = re.compile(r"(?:(?:in|during|within|over|for|on|from|of|at|throughout|across) )?", re.ASCII)
_LATEST = re.compile(
    rf"(?:the )?(?:last|past|previous|latest) (?:(?P<count>{NUMBER}) )?"
    r"(?P<unit>hour|day|week|fortnight|month|quarter|year)s?(?= |$)",
    re.ASCII,
)
COUNTED_AS = {"fortnight": (2, "week"), "quarter": (3, "month")}  # units that a span is not written in
_NEXT = re.compile(
    r"(?:in )?(?:the )?(?:tomorrow|(?:next|coming|upcoming|following) (?:[0-9]+ )?[a-z]+|day after tomorrow)(?= |$)"
    rf"|in {NUMBER} (?:day|week|month|year)s?(?= |$)",
    re.ASCII,
)
_PRECEDING = re.compile(
    rf"(?:in |during )?(?:the )?(?:(?:(?P<count>{NUMBER}) )?(?P<unit>day|week|month|quarter|year)s?"
    r"|one|period|same time) before(?: that| then)?(?! last)(?= |$)"
    r"|(?:the )?(?:last|previous|previous one|last one|previous period)$",
    re.ASCII,
)
_OLDER = re.compile(
    rf"(?:for )?(?:older than|more than|longer than|over|for at least) (?P<count>{NUMBER}) "
    r"(?P<unit>day|week|month|year)s?(?: ago| old)?(?= |$)",
    re.ASCII,
)
_BORDER = re.compile(
    r"(?P<word>since|starting from|starting in|starting|after|before|until|till|up to|prior to"
    r"|older than|earlier than|newer than|later than) ",
    re.ASCII,
)
_SINCE_SO_LONG = re.compile(
    rf"(?:since|for the last) (?P<count>{NUMBER}) (?P<unit>day|week|month|year)s?(?! ago)(?= |$)", re.ASCII
)
_BOTH = re.compile(r"(?:in |during )?(?:between|from) ", re.ASCII)
_FIRST_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?= (?:and|to|until|till|-) )", re.ASCII)
_TO = re.compile(r" (?:and|to|until|till|through|-) ", re.ASCII)
_NOW = re.compile(r"now(?= |$)", re.ASCII)
_NEEDS_LEAD = re.compile(r"may|mar|sun|sat|jan|the [0-9]{1,2}(?:st|nd|rd|th)", re.ASCII)  # may say something else


@dataclass(frozen=True, slots=True)
class Preceding:
    """As much time right before what else is said: "the week before", and at the end "last"; *unit* may be empty.

    *number*: of how many units that is said, "the 30 days before"; None: of none.
    """

    unit: str
    number: int | None = None

    def is_as_long_as(self, other: Dates) -> bool:
        """Whether as much time may be meant as *other*, where a number says how much."""
        return self.number is None or (
            isinstance(other, Latest) and (other.number, other.unit) == (self.number, self.unit)
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A time that cannot be asked for: one to come, or none that the calendar has."""


Said = Dates | Preceding | Refused
Found = tuple[Said, int] | None


def at(tokens: Sequence[Token], place: int, today: date) -> tuple[Said, int] | None:
    """The span that begins at token *place* and the token after it; `Refused` where it cannot be meant."""
    words = []
    for token in tokens[place : place + LONGEST]:
        if token.is_quoted:
            break
        words.append(token.key)
    text = " ".join(words)
    try:
        found = _read(text, today)
    except NoSuchDay as error:
        found = Refused(), text.index(str(error)) + len(str(error))
    if found is None:
        return None
    return _within_reach(found[0]), place + text[: found[1]].count(" ") + 1


def _within_reach(span: Said) -> Said:
    """*span*, unless it names a year of which no filter can speak."""
    ends = (span.first, span.last) if isinstance(span, Between) else ()
    return Refused() if any(day.year not in YEARS for day in ends if day) else span


def _read(text: str, today: date) -> Found:
    for form in (_next, _latest, _since_so_long, _older, _between, _border, _plain, _preceding):
        if (found := form(text, today)) is not None:
            return found
    return None


def _next(text: str, _: date) -> Found:
    match = _NEXT.match(text)
    return (Refused(), match.end()) if match else None


def _preceding(text: str, _: date) -> Found:
    match = _PRECEDING.match(text)
    if match is None:
        return None
    return Preceding(match["unit"] or "", counted(match["count"]) if match["count"] else None), match.end()


def _latest(text: str, _: date) -> Found:
    match = _LATEST.match(text, _LEAD.match(text).end())  # type: ignore[union-attr] # matches nothing too
    if not match or (match["count"] is None and not _is_rolling(match[0])):
        return None
    return _latest_of(match["count"] or "one", match["unit"]), match.end()


def _since_so_long(text: str, _: date) -> Found:
    """So many days up to today: "since two weeks", as many say who spoke another language first."""
    match = _SINCE_SO_LONG.match(text)
    return (_latest_of(match["count"], match["unit"]), match.end()) if match else None


def _latest_of(number: str, unit: str) -> Latest | Refused:
    times, unit = COUNTED_AS.get(unit, (1, unit))
    count = counted(number) * times
    return Latest(count, unit) if 0 < count <= MOST[unit] else Refused()


def _is_rolling(words: str) -> bool:
    """Whether "past week" is the seven days that end today; "last week" is the one from Monday to Sunday."""
    return "past " in words or words.endswith(("hour", "fortnight"))


def _older(text: str, today: date) -> Found:
    match = _OLDER.match(text)
    if not match:
        return None
    found = days.at(f"{match['count']} {match['unit']} ago", 0, today)
    return (Between(None, found[0].first), match.end()) if found else None


def _between(text: str, today: date) -> Found:
    both = _BOTH.match(text)
    start = both.end() if both else 0
    if bare := _FIRST_DAY.match(text, start) if both else None:
        return _of_one_month(text, bare, today)
    first = days.at(text, start, today)
    if first and first[0].says and not both:
        return None  # "this month to last month" compares the two
    to = _TO.match(text, first[1]) if first else None
    last = _end(text, to.end(), today) if to else None
    if first is None or to is None or last is None or (" and " in to[0] and "between" not in (both[0] if both else "")):
        return None
    return _span(_not_after(first[0], last[0]), last[0], today), last[1]


def _end(text: str, place: int, today: date) -> tuple[Days, int] | None:
    """The days that *text* names at *place*, where "now" may end a span."""
    if now := _NOW.match(text, place):
        return Days(today, today), now.end()
    return days.at(text, place, today)


def _of_one_month(text: str, bare: re.Match[str], today: date) -> Found:
    """Between 1 and 15 May: the first day is of the month that the last one names."""
    to = _TO.match(text, bare.end())
    last = days.at(text, to.end(), today) if to else None
    if last is None or last[0].first != last[0].last:
        return None
    try:
        first = last[0].first.replace(day=int(bare["day"]))
    except ValueError as error:
        raise NoSuchDay(text[: last[1]]) from error
    return _span(Days(first, first), last[0], today), last[1]


def _not_after(first: Days, last: Days) -> Days:
    """November to February: the November before."""
    if first.first <= last.last or first.says or first.first.month == last.first.month:
        return first
    return Days(first.first.replace(year=first.first.year - 1), first.last) if first.first.day < 29 else first


def _span(first: Days, last: Days, today: date) -> Dates | Refused:
    if first.first > last.last or first.first > today:
        return Refused()
    return Between(first.first, last.last)


def _border(text: str, today: date) -> Found:
    border = _BORDER.match(text)
    found = days.at(text, border.end(), today) if border else None
    if border is None or found is None:
        return None
    first, last = found[0].first, found[0].last
    match border["word"]:
        case "since" | "starting" | "starting from" | "starting in":
            span = Between(first, None)
        case "after" | "newer than" | "later than":
            span = Between(last + timedelta(days=1), None)
        case "before" | "prior to" | "older than" | "earlier than":
            span = Between(None, first - timedelta(days=1))
        case _:
            span = Between(None, last)
    return (Refused() if (span.first or today) > today else span), found[1]


def _plain(text: str, today: date) -> Found:
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    found = days.at(text, start, today)
    if found is None or (start == 0 and _NEEDS_LEAD.fullmatch(text, 0, found[1])):
        return None
    return (Refused() if found[0].first > today else found[0].span), found[1]
