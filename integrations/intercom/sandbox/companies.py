"""Endpoints of companies: look-up, list with its cap, scroll with its lock, and what belongs to one."""

from collections.abc import Callable

from integrations.intercom.sandbox import contacts, paging, wire
from integrations.intercom.sandbox.answers import Answer, Request, ok
from integrations.intercom.sandbox.errors import ApiError, invalid, not_found
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.world.model import Company

PER_PAGE, PER_PAGE_MOST = 15, 60
CONTACTS_PER_PAGE, CONTACTS_MOST = 50, 150


def looked_up(state: State, request: Request) -> Answer:
    """GET /companies: by `company_id` or `name` the one company; by tag or segment, or plainly, a list."""
    query = request.query
    for parameter in ("company_id", "name"):
        if parameter in query:
            return ok(wire.company(state.world, _first(state, parameter, query[parameter])))
    keep: Callable[[Company], bool] = lambda _: True  # noqa: E731
    if "tag_id" in query:
        keep = lambda it: query["tag_id"] in it.tag_ids  # noqa: E731
    elif "segment_id" in query:
        keep = lambda it: query["segment_id"] in it.segment_ids  # noqa: E731
    return _list(state, request, [it for it in _with_people(state) if keep(it)], path="/companies")


def listed(state: State, request: Request) -> Answer:
    """POST /companies/list: the last seen first; nothing beyond the ten-thousandth (`companies_listed_most`)."""
    order = request.query.get("order", "desc")
    if order not in {"asc", "desc"}:
        raise invalid("order must be asc or desc", field="order")
    rows = _with_people(state)
    return _list(state, request, rows[::-1] if order == "asc" else rows, path="/companies/list")


def scrolled(state: State, request: Request) -> Answer:
    """GET /companies/scroll: 100 at a time, the same token on every page, an empty page at the end."""
    token = request.query.get("scroll_param")
    if token:
        ids = state.scroll.next(token, now=state.now())
    else:
        token, ids = state.scroll.open([it.id for it in _with_people(state)], now=state.now())
    found = [state.world.companies[each] for each in ids if each in state.world.companies]
    data = [wire.company(state.world, it) for it in found]
    return ok({"type": "list", "data": data, "pages": None, "total_count": None, "scroll_param": token})


def one(state: State, _: Request, ident: str) -> Answer:
    """GET /companies/{id}, the id being Intercom's."""
    return ok(wire.company(state.world, _company(state, ident)))


def contacts_of(state: State, request: Request, ident: str) -> Answer:
    """GET /companies/{id}/contacts."""
    _company(state, ident)
    keys = [(paging.UNSORTED, it.id) for it in state.world.contacts_of(ident)]
    size = paging.per_page(request.query.get("per_page"), default=CONTACTS_PER_PAGE, most=CONTACTS_MOST)
    return contacts.page_of(state, keys, size=size, after=request.query.get("starting_after"))


def segments_of(state: State, _: Request, ident: str) -> Answer:
    """GET /companies/{id}/segments."""
    company = _company(state, ident)
    return ok({"type": "list", "data": [each for each in state.world.segments if each["id"] in company.segment_ids]})


def _list(state: State, request: Request, rows: list[Company], *, path: str) -> Answer:
    asked = request.query | {key: str(value) for key, value in request.json().items()}
    refuse = state.behaviour.per_page_over_max == "refuse"
    size = paging.per_page(asked.get("per_page"), default=PER_PAGE, most=PER_PAGE_MOST, refuse=refuse)
    page = paging.whole_number(asked.get("page") or 1, "page")
    if page * size > state.behaviour.companies_listed_most and page > 1:
        raise ApiError(400, "bad_request", "page limit reached, please use scroll API")
    return ok(
        {
            "type": "list",
            "data": [wire.company(state.world, it) for it in paging.numbered(rows, page=page, size=size)],
            "pages": paging.url_pages(page=page, size=size, total=len(rows), url=request.origin + path),
            "total_count": len(rows),
        }
    )


def _with_people(state: State) -> list[Company]:
    """Companies that have someone in them, the last seen first: the others are in no list."""
    peopled = {each for contact in state.world.contacts.live.values() for each in contact.company_ids}
    rows = [it for it in state.world.companies.values() if it.id in peopled]
    return sorted(rows, key=lambda it: (-(it.fields.get("last_request_at") or 0), it.id))


def _first(state: State, parameter: str, value: str) -> Company:
    for company in state.world.companies.values():
        if company.fields[parameter] == value:
            return company
    raise not_found("Company Not Found", "company_not_found")


def _company(state: State, ident: str) -> Company:
    found = state.world.companies.get(ident)
    if found is None:
        raise not_found("Company Not Found", "company_not_found")
    return found
