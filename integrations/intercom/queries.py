"""The questions of the search endpoints: supersets, right whether `>` means after or not before. Pure."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from integrations.providers import Range

DAYS_BEFORE = 2  # of the contact search: `>` starts at the next day, and the day may be of another time zone


def conversations_in(within: Range) -> dict[str, Any]:
    """The search for conversations in *within*: at least those, perhaps those of one second more on each side."""
    filters: list[dict[str, Any]] = []
    if within.lo is not None:
        filters.append(_filter(within.field, ">", max(within.lo - 1, 0)))
    if within.hi is not None:
        filters.append(_filter(within.field, "<", within.hi + 1))
    if within.only_open:
        opened = [_filter("state", "IN", ["open", "snoozed"]), {"field": "open", "operator": "=", "value": True}]
        filters.append({"operator": "OR", "value": opened})
    if not filters:
        filters.append(_filter(within.field, ">", 0))
    return filters[0] if len(filters) == 1 else {"operator": "AND", "value": filters}


def contacts_since(since: int, *, time_zone: str) -> dict[str, Any]:
    """The search for contacts that changed at or after *since* (Unix seconds), in the workspace's *time_zone*.

    Up to version 2.16 Intercom compares whole days of that zone and `>` begins with the next one; from 2.17 on seconds.
    Midnight two days before asks for enough under both.
    """
    zone = _zone(time_zone)
    day = datetime.fromtimestamp(max(since, 0), zone).date() - timedelta(days=DAYS_BEFORE)
    return _filter("updated_at", ">", max(0, int(datetime.combine(day, time(), zone).timestamp())))


def _filter(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError; odd names raise the others
        return UTC
