"""Which span of time a question asks for, and which other it compares that with."""

from dataclasses import dataclass

from sonora.chat.interpreter.said import Said
from sonora.filters.dates import Dates, LastMonthNamed, Period


@dataclass(frozen=True, slots=True)
class Times:
    """*main* is what is asked for, *against* what it is compared with; *spare* are further times, which count for
    nothing.
    """

    main: Dates | None = None
    against: Dates | None = None
    spare: tuple[Said, ...] = ()


def times(dates: list[Said], *, compares: bool) -> Times:
    """What *dates*, in the order of the question, mean; with *compares* the last is what the other is held against."""
    if not dates:
        return Times()
    if not compares:
        return Times(main=dates[0].span.value, spare=tuple(dates[1:]))
    *before, last = dates
    if before:
        return Times(main=before[0].span.value, against=last.span.value, spare=tuple(before[1:]))
    value = last.span.value
    if _is_over(value):
        unit = value.unit if isinstance(value, Period) else "month"
        return Times(main=Period("this", unit), against=value)
    if isinstance(value, Period) and value.which == "this":
        return Times(main=value, against=Period("last", value.unit))
    return Times(main=value)


def _is_over(value: Dates) -> bool:
    """Whether *value* is a whole stretch before the one that is running: "than last month" is said of this one."""
    return isinstance(value, LastMonthNamed) or (isinstance(value, Period) and value.which == "last")
