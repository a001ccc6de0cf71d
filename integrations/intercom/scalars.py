"""Single values as Intercom sends them, in the shape that we keep. Anything odd becomes "" or None, never an error."""

import math
import re
from datetime import datetime
from typing import Any

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
LARGEST_COUNT = 2**31 - 1
_MILLISECONDS_FROM = 10**11  # as seconds that is the year 5138; as milliseconds 1973
_LATEST = 10**11


def identifier(value: Any) -> str:
    """The id in *value* (Intercom writes them as text or as numbers), or "" when it cannot be one."""
    if type(value) is str:
        return value if ID.fullmatch(value) else ""
    number = _number(value)
    return str(number) if isinstance(number, int) and number >= 0 and number < 10**64 else ""


def assignee(value: Any) -> str:
    """The id of who is assigned; "" for nobody, which Intercom writes as null, 0 or "0"."""
    found = identifier(value)
    return "" if found == "0" else found


def text(value: Any) -> str:
    """*value* as text; "" for null and for what is no single value."""
    if type(value) is str:
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def flag(value: Any) -> bool | None:
    """A yes or no, also when it comes as text or number; None when it is neither."""
    if value is None or isinstance(value, bool):
        return value
    return {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}.get(text(value).lower())


def moment(value: Any) -> int | None:
    """A time in Unix seconds, from seconds or milliseconds as number or text, or from ISO 8601; None when unusable."""
    if type(value) is int and 0 < value < _MILLISECONDS_FROM:
        return value
    number = _number(value)
    if number is None:
        return _iso(value) if isinstance(value, str) else None
    seconds = number // 1000 if number >= _MILLISECONDS_FROM else number
    return int(seconds) if 0 < seconds < _LATEST else None


def count(value: Any) -> int | None:
    """A count from 0 to 2³¹ − 1, or None."""
    number = _number(value)
    return int(number) if number is not None and 0 <= number <= LARGEST_COUNT else None


def amount(value: Any) -> float | None:
    """An amount of money, or None."""
    number = _number(value)
    return float(number) if number is not None and abs(number) < 1e15 else None


def _number(value: Any) -> int | float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _number_in(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    return value if isinstance(value, int) else None


def _number_in(written: str) -> int | float | None:
    if len(written) > 40 or not written.isascii() or "_" in written:
        return None
    try:
        return _number(float(written)) if "." in written or "e" in written.lower() else int(written)
    except ValueError:
        return None


def _iso(written: str) -> int | None:
    try:
        at = datetime.fromisoformat(written[:40])
        return int(at.timestamp()) if at.tzinfo is not None and at.timestamp() > 0 else None
    except (ValueError, OverflowError):
        return None
