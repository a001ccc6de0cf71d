"""Numbers and times in the words of the screens."""

from datetime import UTC, datetime, timedelta, tzinfo

MINUTE, HOUR, DAY = 60, 3600, 86_400
WEEK = 7 * DAY
JUST_NOW = 5


def thousands(number: float) -> str:
    """*number* with a comma at each thousand: 1,208."""
    return f"{number:,}"


def plural(number: float, forms: str) -> str:
    """The form of a noun that goes with *number*.

    *forms* is the singular, to which an s is added, or both forms with a comma between them: ``company,companies``.
    """
    one, _, many = forms.partition(",")
    return one if number == 1 else many or f"{one}s"


def counted(number: float, forms: str) -> str:
    """*number* and its noun: 1,208 conversations. *forms* as in `plural`."""
    return f"{thousands(number)} {plural(number, forms)}"


def duration(seconds: float) -> str:
    """*seconds* in its two largest units: 6 min 52 s, 2 h 5 min, 3 days 4 h."""
    left = int(seconds)
    if left < MINUTE:
        return f"{left} s"
    if left < HOUR:
        return _pair(left // MINUTE, "min", left % MINUTE, "s")
    if left < DAY:
        return _pair(left // HOUR, "h", left % HOUR // MINUTE, "min")
    days = left // DAY
    return _pair(days, plural(days, "day"), left % DAY // HOUR, "h")


def _pair(large: int, unit: str, small: int, small_unit: str) -> str:
    return f"{large} {unit} {small} {small_unit}" if small else f"{large} {unit}"


def moment(when: datetime | float) -> datetime:
    """*when*, Unix seconds or a datetime that knows its zone, as UTC. Raises ValueError for a naive datetime."""
    if not isinstance(when, datetime):
        return datetime.fromtimestamp(when, UTC)
    if when.tzinfo is None:
        raise ValueError(f"{when!r} names no time zone, so it is no moment.")
    return when.astimezone(UTC)


def age(when: datetime, *, now: datetime) -> str:
    """The time between *when* and *now* in one unit: 4 min, 2 h, 3 days; past a week it is empty."""
    seconds = int(abs((now - when).total_seconds()))
    if seconds < MINUTE:
        return f"{seconds} s"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    if seconds < DAY:
        return f"{seconds // HOUR} h"
    if seconds < WEEK:
        return counted(seconds // DAY, "day")
    return ""


def ago(when: datetime, *, now: datetime, zone: tzinfo) -> str:
    """*when* as seen from *now*: just now, 4 min ago, in 11 min; the day in *zone* when it is over a week away."""
    if abs(now - when) < timedelta(seconds=JUST_NOW):
        return "just now"
    words = age(when, now=now)
    if not words:
        return short_day(when, now=now, zone=zone)
    return f"{words} ago" if when <= now else f"in {words}"


def day(when: datetime, *, zone: tzinfo) -> str:
    """The day of *when* in *zone*: 24 Aug 2026."""
    local = when.astimezone(zone)
    return f"{local.day} {local:%b %Y}"


def short_day(when: datetime, *, now: datetime, zone: tzinfo) -> str:
    """The day of *when* in *zone*, with its year only if it is not the year of *now*."""
    local = when.astimezone(zone)
    same_year = local.year == now.astimezone(zone).year
    return f"{local.day} {local:%b}" if same_year else day(when, zone=zone)


def exact(when: datetime, *, zone: tzinfo) -> str:
    """*when* to the second, with the name of *zone*: 24 Aug 2026, 14:02:31 CEST."""
    local = when.astimezone(zone)
    return f"{day(when, zone=zone)}, {local:%H:%M:%S %Z}"
