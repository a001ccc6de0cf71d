"""What an answer's headers tell of the rate limit and of Intercom's clock, read leniently."""

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache

from integrations.records import Rate

Headers = Mapping[bytes, bytes]  # names in lower case

FARTHEST = 60  # seconds; a window lasts 10, so an end farther away is a mistake
LARGEST_LIMIT = 1_000_000


def server_time(headers: Headers) -> int | None:
    """The Date header in Unix seconds; None when it is missing or garbled."""
    return _date(headers.get(b"date", b""))


def rate(headers: Headers, *, now: int) -> Rate | None:
    """The rate limit as the headers tell it, None when they say nothing. *now*: Unix seconds of Intercom's clock."""
    limit = _whole(headers.get(b"x-ratelimit-limit"))
    remaining = _whole(headers.get(b"x-ratelimit-remaining"))
    reset = _whole(headers.get(b"x-ratelimit-reset"))
    if limit is None and remaining is None and reset is None:
        return None
    sane_limit = limit if limit is not None and 0 < limit <= LARGEST_LIMIT else None
    return Rate(limit=sane_limit, remaining=remaining, reset=_ahead(reset, now=now))


def retry_at(headers: Headers, *, now: int) -> int | None:
    """When a refused request may be sent again (Unix seconds of Intercom's clock), at most 60 s ahead, or None."""
    reset = _ahead(_whole(headers.get(b"x-ratelimit-reset")), now=now)
    if reset is not None:
        return reset
    told = headers.get(b"retry-after", b"")
    seconds = _whole(told)
    return _ahead(now + seconds if seconds is not None else _date(told), now=now)


def _ahead(at: int | None, *, now: int) -> int | None:
    return min(at, now + FARTHEST) if at is not None and at >= now else None


def _whole(written: bytes | None) -> int | None:
    """A number that is not negative; None for everything else."""
    digits = written.strip() if written else b""
    return int(digits) if digits.isdigit() and len(digits) <= 18 else None


@lru_cache(maxsize=64)  # many answers a second, each with the same Date
def _date(written: bytes) -> int | None:
    if not written:
        return None
    try:
        at = parsedate_to_datetime(written.decode("ascii"))
        return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
