"""Endpoints of conversations: list, search, one, and the feed of deletions."""

import bisect
from typing import Any

import msgspec

from integrations.intercom.sandbox import fields, paging, search, wire
from integrations.intercom.sandbox.answers import Answer, Request, ok
from integrations.intercom.sandbox.errors import ApiError, not_found
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.world.model import Conversation

PER_PAGE, PER_PAGE_MOST = 20, 150
DELETED_MOST = 60
BYTES_KEPT = 20_000  # encoded conversations held in memory
RESULTS_KEPT = 16  # results of searches that a cursor may come back to


def one(state: State, request: Request, ident: str) -> Answer:
    """GET /conversations/{id}, with the newest 500 parts."""
    conversation = state.world.conversations.live.get(int(ident)) if ident.isdigit() else None
    if conversation is None:
        raise not_found()
    plaintext = request.query.get("display_as") == "plaintext"
    return Answer(200, encoded(state, conversation, request, parts=True, plaintext=plaintext))


def listed(state: State, request: Request) -> Answer:
    """GET /conversations: everything, the last changed first."""
    shown = request.query.get("per_page")
    ordered = sorted((-it.updated_at, -it.id) for it in state.world.conversations.live.values())
    keys = [(-date, -ident) for date, ident in ordered]
    return _page(state, request, keys, size=_size(state, shown), after=request.query.get("starting_after"), shown=shown)


def searched(state: State, request: Request) -> Answer:
    """POST /conversations/search."""
    asked = request.json()
    sort, descending = sorting(asked.get("sort"), request)
    state.world.conversations.catch_up(state.now())
    keys = _results(state, asked.get("query"), sort, descending=descending)
    wanted = asked.get("pagination") or {}
    size = _size(state, wanted.get("per_page"))
    return _page(state, request, keys, size=size, after=wanted.get("starting_after"), ascending=not descending)


def deleted(state: State, request: Request) -> Answer:
    """GET /conversations/deleted, the newest first unless `order=asc`."""
    order = request.query.get("order", "desc")
    if order not in {"asc", "desc"}:
        raise ApiError(400, "parameter_invalid", "order must be asc or desc", field="order")
    rows = sorted(state.world.deletions, key=lambda row: (row["deleted_at"], row["id"]), reverse=order == "desc")
    size = _size(state, request.query.get("per_page"), most=DELETED_MOST)
    page = paging.whole_number(request.query.get("page") or 1, "page")
    url = request.origin + "/conversations/deleted"
    extra = {"order": request.query["order"]} if "order" in request.query else None
    return ok(
        {
            "type": "conversations.list",
            "conversations": paging.numbered(rows, page=page, size=size),
            "total_count": len(rows),
            "pages": paging.url_pages(page=page, size=size, total=len(rows), url=url, extra=extra),
        }
    )


def sorting(wish: Any, request: Request) -> tuple[str, bool]:
    """(field, descending) of a search. Raises ApiError for an order that is none; versions below 2.16 let it pass."""
    if not wish:
        return "updated_at", True
    field, order = str(wish.get("field") or "updated_at"), wish.get("order", "descending")
    if order not in {"ascending", "descending"}:
        if request.version >= (2, 16):
            message = f"Invalid sort order '{order}'. Must be one of: ascending, descending"
            raise ApiError(400, "invalid_sort_order", message)
        order = "ascending" if order == "asc" else "descending"
    return field, order == "descending"


def encoded(state: State, it: Conversation, request: Request, *, parts: bool, plaintext: bool = False) -> bytes:
    """The JSON of one conversation, kept until anything in the workspace changes."""
    if state.bytes_revision != state.world.revision:
        state.bytes_kept.clear()
        state.bytes_revision = state.world.revision
    key = (id(it), request.version, parts, plaintext)
    kept = state.bytes_kept.get(key)
    if kept is None:
        value = wire.conversation(
            state.world,
            it,
            request.version,
            parts=parts,
            plaintext=plaintext,
            teammates_key=state.behaviour.teammates_key,
        )
        kept = state.bytes_kept[key] = msgspec.json.encode(value)
        if len(state.bytes_kept) > BYTES_KEPT:
            state.bytes_kept.popitem(last=False)
    return kept


def _results(state: State, query: Any, sort: str, *, descending: bool) -> list[tuple[int, int]]:
    """(sort value, id) of every conversation that matches, in order."""
    index = state.world.conversations
    key = (msgspec.json.encode(query), sort, descending, index.revision, state.behaviour.comparison)
    kept = state.results_kept.get(key)
    if kept is None:
        kept = _search(state, query, sort, descending=descending)
        state.results_kept[key] = kept
        if len(state.results_kept) > RESULTS_KEPT:
            state.results_kept.popitem(last=False)
    return kept


def _search(state: State, query: Any, sort: str, *, descending: bool) -> list[tuple[int, int]]:
    index = state.world.conversations
    language = fields.conversation_language(state.world, inclusive=state.behaviour.comparison == "inclusive")
    parsed = search.parse(query, language)
    field = next((name for name in ("updated_at", "created_at") if name in parsed.ranges), None)
    low, high = parsed.ranges[field] if field else search.EVER
    candidates = index.between(field, low, high) if field else iter(index.searchable.values())
    value = _sort_value(sort)
    return sorted(((value(it), it.id) for it in candidates if parsed.matches(it)), reverse=descending)


def _sort_value(sort: str) -> Any:
    if sort in {"created_at", "updated_at"}:
        return lambda it: getattr(it, sort)
    if sort == "id":
        return lambda it: it.id
    raise ApiError(400, "parameter_invalid", f"Cannot sort by {sort}", field="sort")


def _page(
    state: State,
    request: Request,
    keys: list[tuple[int, int]],
    *,
    size: int,
    after: str | None,
    shown: str | None = None,
    ascending: bool = False,
) -> Answer:
    page, start = 1, 0
    if after:
        cursor = paging.cursor(after)
        page, start = cursor.page, _position(keys, (cursor.sort // 1000, int(cursor.id)), ascending=ascending)
    rows = keys[start : start + size]
    more = paging.Cursor(rows[-1][0] * 1000, rows[-1][1], page + 1) if rows and start + size < len(keys) else None
    index = state.world.conversations
    found = [index.searchable.get(ident) or index.live[ident] for _, ident in rows]
    return ok(
        {
            "type": "conversation.list",
            "pages": paging.cursor_pages(page=page, size=size, total=len(keys), next_cursor=more, shown_size=shown),
            "total_count": len(keys),
            "conversations": [msgspec.Raw(encoded(state, it, request, parts=False)) for it in found],
        }
    )


def _position(keys: list[tuple[int, int]], last: tuple[int, int], *, ascending: bool) -> int:
    """Where the rows after *last* begin: by value, not by number, as a search index does it."""
    if ascending:
        return bisect.bisect_right(keys, last)
    return bisect.bisect_right(keys, (-last[0], -last[1]), key=lambda key: (-key[0], -key[1]))


def _size(state: State, value: object, *, most: int = PER_PAGE_MOST) -> int:
    return paging.per_page(value, default=PER_PAGE, most=most, refuse=state.behaviour.per_page_over_max == "refuse")
