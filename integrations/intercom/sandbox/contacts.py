"""Endpoints of contacts."""

import bisect
from typing import Any

from integrations.intercom.sandbox import fields, paging, search, wire
from integrations.intercom.sandbox.answers import Answer, Request, ok
from integrations.intercom.sandbox.conversations import sorting
from integrations.intercom.sandbox.errors import ApiError, not_found
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.world.model import Contact

LIST_PER_PAGE, SEARCH_PER_PAGE, PER_PAGE_MOST = 10, 50, 150
COMPANIES_PER_PAGE, COMPANIES_MOST = 50, 60
HOPS_MOST = 3  # merges that a Link header follows


def listed(state: State, request: Request) -> Answer:
    """GET /contacts: all of them, in order of id."""
    keys: list[tuple[Any, str]] = sorted((paging.UNSORTED, it.id) for it in state.world.contacts.live.values())
    size = _size(state, request.query.get("per_page"), LIST_PER_PAGE)
    history = request.query.get("include_merge_history") == "true"
    return page_of(state, keys, size=size, after=request.query.get("starting_after"), merge_history=history)


def searched(state: State, request: Request) -> Answer:
    """POST /contacts/search."""
    asked, index = request.json(), state.world.contacts
    index.catch_up(state.now())
    parsed = search.parse(asked.get("query"), fields.contact_language(state.world, request.version))
    matching = [it for it in index.searchable.values() if parsed.matches(it)]
    wanted = asked.get("pagination") or {}
    size = _size(state, wanted.get("per_page"), SEARCH_PER_PAGE)
    after = wanted.get("starting_after")
    if not asked.get("sort"):
        return page_of(state, sorted((paging.UNSORTED, it.id) for it in matching), size=size, after=after)
    sort, descending = sorting(asked["sort"], request)
    keys = sorted(((_date(it, sort), it.id) for it in matching), reverse=descending)
    return page_of(state, keys, size=size, after=after, descending=descending)


def one(state: State, request: Request, ident: str) -> Answer:
    """GET /contacts/{id}; one that was merged is gone (410 with a Link from 2.16, 404 before)."""
    return ok(wire.contact(state.world, _contact(state, request, ident), merge_history=_wants_history(request)))


def by_external_id(state: State, _: Request, external_id: str) -> Answer:
    """GET /contacts/find_by_external_id/{external_id}: users only."""
    for contact in state.world.contacts.live.values():
        if contact.fields["external_id"] == external_id and contact.fields["role"] == "user":
            return ok(wire.contact(state.world, contact))
    raise not_found("User Not Found")


def companies_of(state: State, request: Request, ident: str) -> Answer:
    """GET /contacts/{id}/companies."""
    contact = _contact(state, request, ident)
    rows = [state.world.companies[each] for each in contact.company_ids if each in state.world.companies]
    size = _size(state, request.query.get("per_page"), COMPANIES_PER_PAGE, COMPANIES_MOST)
    page = paging.whole_number(request.query.get("page") or 1, "page")
    url = f"{request.origin}/contacts/{ident}/companies"
    return ok(
        {
            "type": "list",
            "data": [wire.company(state.world, each) for each in paging.numbered(rows, page=page, size=size)],
            "pages": paging.url_pages(page=page, size=size, total=len(rows), url=url),
            "total_count": len(rows),
        }
    )


def tags_of(state: State, request: Request, ident: str) -> Answer:
    """GET /contacts/{id}/tags: all of them, with who applied them and when."""
    contact = _contact(state, request, ident)
    known = [each for each in contact.tags if each["id"] in state.world.tags]
    return ok({"type": "list", "data": [wire.applied_tag(state.world, each) for each in known]})


def nothing_of(state: State, request: Request, ident: str) -> Answer:
    """GET /contacts/{id}/segments and /subscriptions: this workspace has none."""
    _contact(state, request, ident)
    return ok({"type": "list", "data": []})


def notes_of(state: State, request: Request, ident: str) -> Answer:
    """GET /contacts/{id}/notes: this workspace has none."""
    _contact(state, request, ident)
    url = f"{request.origin}/contacts/{ident}/notes"
    pages = paging.url_pages(page=1, size=COMPANIES_PER_PAGE, total=0, url=url)
    return ok({"type": "list", "data": [], "total_count": 0, "pages": pages})


def merge_history(state: State, request: Request, ident: str) -> Answer:
    """GET /contacts/{id}/merge_history; leads have none (404)."""
    contact = _contact(state, request, ident)
    if contact.fields["role"] == "lead":
        raise not_found("User Not Found")
    entries = [merge["entry"] for merge in state.world.merges if merge["into"] == ident]
    size = _size(state, request.query.get("per_page"), COMPANIES_PER_PAGE)
    after = request.query.get("cursor")
    start = paging.cursor(after).page if after else 0
    more = start + size < len(entries)
    token = paging.Cursor(paging.UNSORTED, ident, start + size).text() if more else None
    return ok({"type": "list", "data": entries[start : start + size], "next_cursor": token, "has_more": more})


def page_of(
    state: State,
    keys: list[tuple[Any, str]],
    *,
    size: int,
    after: str | None,
    descending: bool = False,
    merge_history: bool = False,
) -> Answer:
    """A page of contacts whose sort keys, in order, are *keys*."""
    page, start = 1, 0
    if after:
        cursor = paging.cursor(after)
        last = (cursor.sort if cursor.sort == paging.UNSORTED else cursor.sort // 1000, str(cursor.id))
        page, start = cursor.page, _position(keys, last, descending=descending)
    rows = keys[start : start + size]
    index = state.world.contacts
    found = [index.searchable.get(ident) or index.live[ident] for _, ident in rows]
    more = _cursor(rows[-1], page + 1) if rows and start + size < len(keys) else None
    return ok(
        {
            "type": "list",
            "data": [wire.contact(state.world, it, merge_history=merge_history) for it in found],
            "total_count": len(keys),
            "pages": paging.cursor_pages(page=page, size=size, total=len(keys), next_cursor=more),
        }
    )


def _position(keys: list[tuple[Any, str]], last: tuple[Any, str], *, descending: bool) -> int:
    if not descending:
        return bisect.bisect_right(keys, last)
    backwards = keys[::-1]
    return len(keys) - bisect.bisect_left(backwards, last)


def _cursor(key: tuple[Any, str], page: int) -> paging.Cursor:
    value, ident = key
    return paging.Cursor(value if value == paging.UNSORTED else value * 1000, ident, page)


def _date(contact: Contact, sort: str) -> int:
    if sort not in fields.CONTACT_DATES:
        raise ApiError(400, "parameter_invalid", f"Cannot sort by {sort}", field="sort")
    return contact.fields.get(sort) or 0


def _contact(state: State, request: Request, ident: str) -> Contact:
    found = state.world.contacts.live.get(ident)
    if found is not None:
        return found
    if ident in state.world.merged and request.version >= (2, 16):
        raise _gone(state, ident)
    raise not_found("User Not Found")


def _gone(state: State, ident: str) -> ApiError:
    survivor = ident
    for _ in range(HOPS_MOST):
        survivor = state.world.merged.get(survivor, survivor)
    link = f'</contacts/{survivor}>; rel="canonical"'.encode()
    message = "This contact has been merged. See the 'Link' header for the canonical contact."
    return ApiError(410, "contact_merged", message, headers=((b"link", link),))


def _wants_history(request: Request) -> bool:
    return request.query.get("include_merge_history") == "true"


def _size(state: State, value: object, default: int, most: int = PER_PAGE_MOST) -> int:
    return paging.per_page(value, default=default, most=most, refuse=state.behaviour.per_page_over_max == "refuse")
