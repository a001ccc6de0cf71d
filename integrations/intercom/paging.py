"""Where the next page is. Of `pages.next` only the cursor or the page number is taken, never the host."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from integrations.errors import BadResponse
from integrations.intercom.payloads import Envelope, Paging
from integrations.intercom.scalars import count

LONGEST_CURSOR = 4096


def next_cursor(envelope: Envelope) -> str:
    """The cursor after this page, "" when this is the last one. Raises BadResponse when it cannot be told."""
    told = _told(envelope)
    if not told:
        return ""
    found = told.get("starting_after") if isinstance(told, dict) else _from_text(told, "starting_after")
    return _sane(found)


def next_number(envelope: Envelope, *, page: int) -> str:
    """The number of the page after number *page*, "" when this is the last one. Raises BadResponse as above."""
    told = _told(envelope)
    if not told:
        return ""
    found = told.get("page") if isinstance(told, dict) else _from_text(told, "page")
    number = count(found)
    return str(number if number is not None and number > page else page + 1)


def next_scroll(envelope: Envelope, *, before: str) -> str:
    """The cursor of the scroll: the same on every page, so its end is an empty page and nothing else."""
    if not (envelope.data or envelope.companies):
        return ""
    return _sane(envelope.scroll_param or before)


def page_number(cursor: str) -> int:
    """The page that *cursor* of a numbered list means; the first when it is empty or no number."""
    return max(1, count(cursor) or 1)


def _told(envelope: Envelope) -> Any:
    return envelope.pages.next if isinstance(envelope.pages, Paging) else None


def _from_text(told: Any, name: str) -> Any:
    """*name* in the query of the address *told*; what is no address is the value itself."""
    if not isinstance(told, str) or ("?" not in told and "://" not in told):
        return told
    try:
        return parse_qs(urlsplit(told).query).get(name, [None])[0]
    except ValueError:
        return None


def _sane(cursor: Any) -> str:
    if isinstance(cursor, int) and not isinstance(cursor, bool):
        cursor = str(cursor)
    if not isinstance(cursor, str) or not cursor or len(cursor) > LONGEST_CURSOR:
        # Taking it for the last page would lose the rest without a trace.
        raise BadResponse("The answer names a next page, but not how to ask for it.", code="no_cursor")
    return cursor
