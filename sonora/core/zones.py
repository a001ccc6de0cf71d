"""Time zones by the names that others give them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def named(name: str) -> ZoneInfo:
    """The zone called *name*; UTC when it is empty or not known here."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
