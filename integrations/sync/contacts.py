"""Contacts: once all of them, then those that changed, asked by whole days: the search cannot tell more apart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from integrations import store
from integrations.errors import NotFound, RequestRefused
from integrations.records import Answer, CompanyRecord, ContactRecord, Page, TagRecord
from integrations.store.contacts import unchanged
from integrations.sync import companies, dead, streams
from integrations.sync.slice import Slice
from sonora.core import clock

CURSOR_LIVES = 3_600  # seconds: an older cursor is not trusted to go on where it stopped
OVERLAP = 600


def read(work: Slice) -> None:
    """Go on with the walk over all contacts, or read what changed. Ends early when the slice's time is over."""
    if not work.state.contacts_walked:
        _walk(work)
    else:
        _read_changed(work)


def _walk(work: Slice) -> None:
    cursor = _kept_cursor(work)
    cursors = {cursor}
    while not work.spent:
        try:
            answer = _walk_page(work, cursor)
        except (RequestRefused, NotFound):
            if not cursor:
                raise
            with work.commit(contacts_cursor="", contacts_cursor_at=None, contacts_start=None):
                return  # a cursor that is refused: the walk begins again with the next step
        at, page = work.server_time(answer), answer.value
        start = work.state.contacts_start if cursor else at
        over, loops = not page.next, bool(page.next) and page.next in cursors
        if loops:
            work.issue("Intercom gave the same contacts over and over. The next run begins with them again.")
        rows = [_completed(work, row) for row in page.rows]
        progress: dict[str, Any] = {
            "contacts_cursor": page.next,
            "contacts_cursor_at": clock.now(),
            "contacts_start": start,
        }
        done = {"contacts_walked": True, "contacts_target": start, "contacts_cursor": ""}
        lost = {"contacts_cursor": "", "contacts_start": None, "owed": streams.paid(work, "contacts")}
        _store(work, rows, page, at=at, columns=done if over else lost if loops else progress)
        if over and start is not None:
            with work.commit():
                streams.was_whole(work, "contacts", began=start)
        if over or loops:
            return
        cursor = page.next
        cursors.add(cursor)


def save_page(work: Slice, answer: Answer[Page[ContactRecord]], *, columns: dict[str, Any]) -> None:
    """Store a page of contacts together with *columns* of the state. Who is known and unchanged costs no request."""
    known = unchanged(work.holder, answer.value.rows)
    rows = [row if row.external_id in known else _completed(work, row) for row in answer.value.rows]
    _store(work, rows, answer.value, at=work.server_time(answer), columns=columns)


def _read_changed(work: Slice) -> None:
    since = (work.state.contacts_target or 0) - OVERLAP
    cursor, target = "", None
    cursors: set[str] = set()
    while True:
        answer = _changed_page(work, since, cursor)
        at, page = work.server_time(answer), answer.value
        target = at if target is None else target
        known = unchanged(work.holder, page.rows)
        rows = [_completed(work, row) for row in page.rows if row.external_id not in known]
        _store(work, rows, page, at=at, columns={})
        cursor = page.next
        if not cursor or cursor in cursors:
            break
        cursors.add(cursor)
    with work.commit(owed=streams.paid(work, "contacts"), contacts_target=target):
        pass


def _walk_page(work: Slice, cursor: str) -> Answer[Page[ContactRecord]]:
    return work.ask(lambda source: source.contacts(cursor))


def _changed_page(work: Slice, since: int, cursor: str) -> Answer[Page[ContactRecord]]:
    zone = work.connection.app_time_zone
    return work.ask(lambda source: source.contacts_changed(since, time_zone=zone, cursor=cursor))


def _companies_page(work: Slice, external_id: str, cursor: str) -> Answer[Page[CompanyRecord]]:
    return work.ask(lambda source: source.contact_companies(external_id, cursor))


def _kept_cursor(work: Slice) -> str:
    kept_at = work.state.contacts_cursor_at
    return work.state.contacts_cursor if kept_at is not None and kept_at > clock.now() - CURSOR_LIVES else ""


def _store(
    work: Slice, rows: Sequence[ContactRecord], page: Page[ContactRecord], *, at: int, columns: dict[str, Any]
) -> None:
    with work.commit(**columns):
        saved = store.save_contacts(work.holder, rows, at=at)
        work.count("contacts", read=len(page.rows), saved=saved.changed)
        dead.keep(work, "contacts", page.unreadable)
        streams.walked(work, "contacts")
        if saved.unknown_companies:
            companies.owe(work)


def _completed(work: Slice, row: ContactRecord) -> ContactRecord:
    """*row* with the companies and tags that its own lists, cut at ten, left out."""
    try:
        if not row.companies_complete:
            row = replace(row, companies=_all_companies(work, row.external_id), companies_complete=True)
        if not row.tags_complete:
            row = replace(row, tags=_all_tags(work, row.external_id), tags_complete=True)
    except NotFound:
        return row  # gone meanwhile: what the page told of it stays
    return row


def _all_companies(work: Slice, external_id: str) -> Sequence[str]:
    found: dict[str, None] = {}
    cursor = ""
    while True:
        page = _companies_page(work, external_id, cursor).value
        fresh = [row.external_id for row in page.rows if row.external_id not in found]
        found.update(dict.fromkeys(fresh))
        cursor = page.next
        if not cursor or not fresh:
            return list(found)


def _all_tags(work: Slice, external_id: str) -> Sequence[TagRecord]:
    return work.ask(lambda source: source.contact_tags(external_id)).value.rows
