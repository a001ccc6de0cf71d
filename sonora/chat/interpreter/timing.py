"""Which span of time a question asks for, and which other it compares that with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sonora.chat.interpreter.dates import Preceding
from sonora.chat.interpreter.said import Said
from sonora.chat.interpreter.stretches import end
from sonora.filters.dates import PERIODS, Between, Dates, LastMonthNamed, Period, first_of
from sonora.filters.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Times:
    """*main* is what is asked for, *against* what it is compared with; *spare* are further times, which count for
    nothing.
    """

    main: Dates | None = None
    against: Dates | None = None
    spare: tuple[Said, ...] = ()


def times(dates: Sequence[Said], viewer: Viewer, *, compares: bool) -> Times:
    """What *dates*, in the order of the question, mean at the viewer's time; with *compares* the last is what the other
    is held against.
    """
    if not compares:
        plain = [one for one in dates if not isinstance(one.span.value, Preceding)]
        spare = tuple(one for one in dates if one not in plain[:1])
        return Times(main=plain[0].span.value if plain else None, spare=spare)
    if not dates:
        return Times()
    *before, last = dates
    if not before:
        return _alone(last.span.value, viewer)
    main, value = before[0].span.value, last.span.value
    if isinstance(main, Preceding) or (isinstance(value, Preceding) and not value.is_as_long_as(main)):
        return Times(spare=tuple(dates))
    against = preceding(main, viewer) if isinstance(value, Preceding) else value
    return Times(main=main, against=against, spare=tuple(before[1:]))


def _alone(value: Dates | Preceding, viewer: Viewer) -> Times:
    """What is compared with *value*: what is running, unless *value* is that itself."""
    if isinstance(value, Preceding):
        is_one = value.unit and value.number is None
        return Times(main=Period("this", value.unit), against=Period("last", value.unit)) if is_one else Times()
    if unit := _over(value, viewer):
        return Times(main=Period("this", unit), against=value)
    if isinstance(value, Period) and value.which == "this":
        return Times(main=value, against=Period("last", value.unit))
    return Times(main=value)


def _over(value: Dates, viewer: Viewer) -> str:
    """The unit of which *value* is a whole one before that which is running: "than in May" is said of this month."""
    if isinstance(value, Period):
        return value.unit if value.which == "last" else ""
    if isinstance(value, LastMonthNamed):
        return "month"
    if isinstance(value, Between) and value.first and value.last and value.last < _day(viewer.now, viewer):
        return _whole(value.first, value.last)
    return ""


def preceding(main: Dates, viewer: Viewer) -> Dates | None:
    """The time right before *main*, as long as it; None before what has no end."""
    if isinstance(main, Period) and main.which == "this":
        return Period("last", main.unit)
    first, last = _days(main, viewer)
    if first is None or last is None:
        return None
    before = first - timedelta(days=1)
    unit = _whole(first, last)
    return Between(first_of(before, unit) if unit else before - (last - first), before)


def before(value: Dates | Preceding, viewer: Viewer) -> Dates | None:
    """All the time before *value*, where that lasts until now."""
    if isinstance(value, Preceding):
        return None
    first, last = _days(value, viewer)
    lasts = last is None or last >= _day(viewer.now, viewer)
    return Between(None, first - timedelta(days=1)) if first and lasts else None


def _days(value: Dates, viewer: Viewer) -> tuple[date | None, date | None]:
    """The first and the last day of *value*; None where it is open."""
    start, end = value.bounds(viewer.now, viewer.zone)
    return (
        None if start is None else _day(start, viewer),
        None if end is None else _day(end - 1, viewer),
    )


def _day(moment: int, viewer: Viewer) -> date:
    return datetime.fromtimestamp(moment, viewer.zone).date()


def _whole(first: date, last: date) -> str:
    """The unit of the calendar that goes from *first* to *last*; empty when none does."""
    return next((one for one in PERIODS if first_of(first, one) == first and end(first, one) == last), "")
