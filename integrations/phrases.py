"""How a state's sentences say times, people and lists."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from sonora.core import words


def coarse(seconds: int) -> int:
    """*seconds* in whole minutes from a minute on, in whole hours from a day on: nobody reads more."""
    if seconds < 60:
        return seconds
    unit = 60 if seconds < 86_400 else 3600
    return seconds - seconds % unit


def by_and_when(who: str, at: int | None, *, now: int, zone: tzinfo) -> str:
    """As in: by sam@halden.example on 20 Sep; or as much of it as is known, after a space; *at* in Unix seconds."""
    return _by(who) + _on(at, now=now, zone=zone)


def when_and_by(who: str, at: int | None, *, now: int, zone: tzinfo) -> str:
    """As in: on 20 Sep by sam@halden.example; or as much of it as is known, after a space; *at* in Unix seconds."""
    return _on(at, now=now, zone=zone) + _by(who)


def clock(seconds: int | None, *, zone: tzinfo) -> str:
    """The time of day of *seconds* (Unix) to the second, with the name of *zone*."""
    return f"{_moment(seconds or 0).astimezone(zone):%H:%M:%S %Z}"


def since(seconds: int, *, now: int, zone: tzinfo) -> str:
    """*seconds* (Unix) as a time of day in *zone*, with its day when that is not the day of *now*."""
    then, today = (_moment(one).astimezone(zone) for one in (seconds, now))
    time = f"{then:%H:%M %Z}"
    return time if then.date() == today.date() else f"{words.short_day(then, now=today, zone=zone)}, {time}"


def listed(things: Sequence[str]) -> str:
    """One, two and three."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"


def _by(who: str) -> str:
    return f" by {who}" if who else ""


def _on(at: int | None, *, now: int, zone: tzinfo) -> str:
    return "" if at is None else f" on {words.short_day(_moment(at), now=_moment(now), zone=zone)}"


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
