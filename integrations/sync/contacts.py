"""Contacts: once all of them, then those that changed, asked by whole days: the search cannot tell more apart.

Both go page by page in order of id, which no change can move; the place is kept for the next slice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from integrations import store
from integrations.errors import NotFound, RequestRefused
from integrations.records import Answer, ContactRecord, Page
from integrations.store import statistics
from integrations.store.contacts import unchanged
from integrations.sync import companies, dead, drift, nested, streams
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.core.again import repeated

CURSOR_LIVES = 3_600  # seconds: an older cursor is not trusted to go on where it stopped
OVERLAP = 600
STANDSTILL = 3  # pages in a row without a new contact: Intercom is repeating itself

Answered = Answer[Page[ContactRecord]]


@dataclass(slots=True)
class _Walk:
    cursor: str
    seen: set[str] = field(default_factory=set)
    idle: int = 0

    def saw(self, page: Page[ContactRecord]) -> bool:
        """Whether the walk gets anywhere."""
        fresh = {row.external_id for row in page.rows} - self.seen
        self.seen |= fresh
        self.idle = 0 if fresh or page.unreadable else self.idle + 1
        return self.idle < STANDSTILL


def read(work: Slice) -> None:
    """Go on with the walk over all contacts, or over those that changed. Ends early when the slice's time is over."""
    walk = _Walk(_kept_cursor(work))
    while not work.spent:
        try:
            answer = _page(work, walk.cursor)
        except (RequestRefused, NotFound):
            if not walk.cursor:
                raise
            return _begin_again(work)
        if _step(work, walk, answer):
            return None
    return None


def save_page(work: Slice, answer: Answered, *, columns: dict[str, Any], known_too: bool = True) -> None:
    """Store a page of contacts together with *columns* of the state. Who is known and unchanged costs no request, and
    is written again only if *known_too*: that he was met is worth knowing after a walk over all.
    """
    page = answer.value
    known = unchanged(work.holder, page.rows)
    known -= dead.kept(work, "contacts", known)
    fresh = [nested.completed(work, row) for row in page.rows if row.external_id not in known]
    rows = [*fresh, *(row for row in page.rows if known_too and row.external_id in known)]
    _write(work, answer, fresh, rows, columns)


@repeated
def _write(
    work: Slice,
    answer: Answered,
    fresh: Sequence[ContactRecord],
    rows: Sequence[ContactRecord],
    columns: dict[str, Any],
) -> None:
    page = answer.value
    with work.commit(**columns):
        saved = store.save_contacts(work.holder, rows, at=work.server_time(answer))
        work.count("contacts", read=len(page.rows), saved=saved.changed)
        dead.settle(work, "contacts", [row.external_id for row in fresh])
        dead.keep(work, "contacts", [*page.unreadable, *nested.cut(fresh)])
        drift.note(work, "contacts", [word for row in fresh for word in row.unknown])
        streams.walked(work, "contacts")
        if saved.unknown_companies:
            companies.owe(work)


def _step(work: Slice, walk: _Walk, answer: Answered) -> bool:
    """Store one page and where to go on; True when the walk is over."""
    page, is_whole = answer.value, not work.state.contacts_walked
    start = work.state.contacts_start if walk.cursor else work.server_time(answer)
    name = f"contacts, {'all' if is_whole else 'changed'}, run {work.state.run_id}"
    is_lost = bool(page.next) and (not walk.saw(page) or work.is_repeated(name, page.next))
    if is_lost:
        work.issue("Intercom gave the same contacts over and over. The next run begins with them again.")
    columns = _lost(work) if is_lost else _here(page.next, start) if page.next else _done(work, start)
    save_page(work, answer, columns=columns, known_too=is_whole)
    if is_whole and not page.next and start is not None:
        with work.commit():
            streams.was_whole(work, "contacts", began=start)
        statistics.renew()
    walk.cursor = page.next
    return is_lost or not page.next


def _page(work: Slice, cursor: str) -> Answered:
    if not work.state.contacts_walked:
        return work.ask(lambda source: source.contacts(cursor))
    since, zone = (work.state.contacts_target or 0) - OVERLAP, work.connection.app_time_zone
    return work.ask(lambda source: source.contacts_changed(since, time_zone=zone, cursor=cursor))


def _kept_cursor(work: Slice) -> str:
    kept_at = work.state.contacts_cursor_at
    return work.state.contacts_cursor if kept_at is not None and kept_at > clock.now() - CURSOR_LIVES else ""


def _begin_again(work: Slice) -> None:
    """The cursor was refused: the next step begins with the first page."""
    with work.commit(**_nowhere()):
        pass


def _here(cursor: str, start: int | None) -> dict[str, Any]:
    return {"contacts_cursor": cursor, "contacts_cursor_at": clock.now(), "contacts_start": start}


def _nowhere() -> dict[str, Any]:
    return {"contacts_cursor": "", "contacts_cursor_at": None, "contacts_start": None}


def _lost(work: Slice) -> dict[str, Any]:
    return {**_nowhere(), "owed": streams.paid(work, "contacts")}


def _done(work: Slice, start: int | None) -> dict[str, Any]:
    """After all contacts come those that changed meanwhile; only then is nothing owed any more."""
    if not work.state.contacts_walked:
        return {**_nowhere(), "contacts_walked": True, "contacts_target": start}
    return {**_lost(work), "contacts_target": start}
