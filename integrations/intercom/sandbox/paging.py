"""Intercom's styles of paging: cursor, page number and the cursor's inside."""

import base64
import binascii
import json
import math
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from integrations.intercom.sandbox.errors import ApiError, invalid

T = TypeVar("T")
UNSORTED = -1  # sort value in the cursor of a walk that is in order of id alone


class Cursor(NamedTuple):
    """Where a walk goes on: after the object with this sort value (milliseconds, or -1) and id."""

    sort: int
    id: int | str
    page: int

    def text(self) -> str:
        """Base64 of the JSON array, as `starting_after` carries it."""
        return base64.b64encode(json.dumps(list(self), separators=(",", ":")).encode()).decode()


def cursor(text: str) -> Cursor:
    """The cursor in *text*. Raises ApiError (400 client_error) when it is none."""
    try:
        sort, ident, page = json.loads(base64.b64decode(text, validate=True))
        return Cursor(int(sort), ident if isinstance(ident, int) else str(ident), int(page))
    except (ValueError, TypeError, binascii.Error):
        raise ApiError(400, "client_error", "The starting_after parameter is invalid") from None


def per_page(value: object, *, default: int, most: int, refuse: bool = False) -> int:
    """The size of a page: *default* when absent, cut at *most*, or refused above it when *refuse* is set.

    What Intercom does above its limits is not documented; raises ApiError for what is no positive number.
    """
    if value is None or value == "":
        return default
    size = whole_number(value, "per_page")
    if size > most and refuse:
        raise invalid(f"per_page must not be greater than {most}", field="per_page")
    return min(size, most)


def whole_number(value: object, name: str) -> int:
    """*value* as a number of at least 1. Raises ApiError (400 parameter_invalid) otherwise."""
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        raise invalid(f"{name} must be a positive integer", field=name)
    return number


def cursor_pages(
    *, page: int, size: int, total: int, next_cursor: Cursor | None, shown_size: Any = None
) -> dict[str, Any]:
    """`pages` of a cursor walk; `next` is absent on the last page, as in live answers."""
    pages: dict[str, Any] = {"type": "pages"}
    if next_cursor:
        pages["next"] = {"page": next_cursor.page, "starting_after": next_cursor.text()}
    return pages | {
        "page": page,
        "per_page": size if shown_size is None else shown_size,
        "total_pages": math.ceil(total / size),
    }


def numbered(rows: Sequence[T], *, page: int, size: int) -> Sequence[T]:
    """The rows of page number *page*."""
    return rows[(page - 1) * size : page * size]


def url_pages(*, page: int, size: int, total: int, url: str, extra: dict[str, str] | None = None) -> dict[str, Any]:
    """`pages` of a walk by page number; `next` is an absolute address or null."""
    count = math.ceil(total / size)
    query = urlencode({"per_page": size, **(extra or {}), "page": page + 1})
    return {
        "type": "pages",
        "next": f"{url}?{query}" if page < count else None,
        "page": page,
        "per_page": size,
        "total_pages": count,
    }
