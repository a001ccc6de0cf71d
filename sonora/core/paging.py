"""The links to the pages before and after this one."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sonora.core import keyset, words
from sonora.core.keyset import M


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What `_pages.html` shows: a line of text, and the addresses of both neighbours; empty at an end."""

    text: str
    newer_url: str
    older_url: str


def links(page: keyset.Page[M], *, path: str, query: str = "", total: str = "") -> Links:
    """The links beside *page* of the list at *path* with *query*; *total* is the count in words, if it is known."""
    first, shown = "1–" if page.previous is None and page.rows else "", words.thousands(len(page.rows))
    of = f" of {total}" if total else ""
    return Links(
        text=f"{first}{shown}{of}" if first or not page.rows else f"{shown} shown{of}",
        newer_url=_url(path, query, "before", page.previous),
        older_url=_url(path, query, "after", page.next),
    )


def _url(path: str, query: str, name: str, cursor: str | None) -> str:
    if cursor is None:
        return ""
    return f"{path}?{query}{'&' if query else ''}{urlencode({name: cursor})}"
