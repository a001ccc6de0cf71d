"""Intercom-Version: which are understood, and what differs between them."""

from integrations.intercom.sandbox.errors import ApiError

Version = tuple[int, int]

DEFAULT: Version = (2, 16)
OLDEST: Version = (2, 0)
PREVIEW: Version = (99, 0)  # ahead of every number
PREVIEWS = frozenset({"preview", "unstable"})


def parse(text: str) -> Version:
    """The version that *text* names, as (major, minor). Raises ValueError for anything else."""
    major, _, minor = text.strip().partition(".")
    return int(major), int(minor or 0)


def requested(header: str | None, *, newest: Version) -> Version:
    """The version a request asks for; without a header the one that is set on the app.

    Raises ApiError (400 intercom_version_invalid) for a version that does not exist or is newer than *newest*.
    """
    if not header:
        return min(DEFAULT, newest)
    if header.strip().lower() in PREVIEWS:
        return PREVIEW
    try:
        version = parse(header)
    except ValueError:
        raise invalid() from None
    if not OLDEST <= version <= newest:
        raise invalid()
    return version


def invalid() -> ApiError:
    """The answer to a version in which the resource does not exist."""
    return ApiError(400, "intercom_version_invalid", "Requested resource is not available in current API version")


def priority(value: str, version: Version) -> str:
    """Priority in the words of *version*: two values up to 2.15, five from 2.16."""
    if version >= (2, 16):
        return value
    return "priority" if value in {"high", "urgent"} else "not_priority"


def assignee(value: int, version: Version) -> int | None:
    """An assignee's id; nobody is null up to 2.15 and 0 from 2.16."""
    return value if value or version >= (2, 16) else None
