"""How to search for the text of a filter, asked once in a look."""

from dataclasses import replace

from sonora.conversations.search import Search, search
from sonora.filters.viewer import Viewer


def plan(text: str, viewer: Viewer, *, is_page: bool = False) -> Search:
    """What `search.search` says of *text* for *viewer*."""
    found = viewer.once(("searched", text), lambda: search(text, notes=viewer.notes))
    return replace(found, is_page=is_page)
