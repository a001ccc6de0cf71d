"""Companies: a whole walk each time, since Intercom cannot be asked for those that changed.

The list ends at 10,000; above that the scroll is the only way. A walk that ends early deletes nothing.
"""

from integrations import store
from integrations.errors import NotFound, RequestRefused
from integrations.records import Answer, CompanyRecord, Page
from integrations.sync import dead, streams
from integrations.sync.slice import Slice

LIST_MOST = 10_000
RESTARTS = 3  # of a scroll that expired under the walk


def read(work: Slice) -> None:
    """Walk all companies and store each page as it comes."""
    try:
        told = _walk_list(work)
    except RequestRefused as error:
        if "scroll" not in f"{error.detail} {error.code}":
            raise
        told = None
    if told is None or told > LIST_MOST:
        _walk_scroll(work)
    with work.commit(owed=streams.paid(work, "companies")):
        streams.walked(work, "companies")


def _walk_list(work: Slice) -> int | None:
    """Store page after page; returns how many Intercom says there are. Stops at once if the list cannot hold them."""
    cursor, told = "", None
    cursors: set[str] = set()
    while True:
        answer = _list_page(work, cursor)
        told = answer.value.total if told is None else told
        if told is not None and told > LIST_MOST:
            return told
        _store(work, answer.value, at=work.server_time(answer), told=told)
        cursor = answer.value.next
        if not cursor or cursor in cursors:
            return told
        cursors.add(cursor)


def _walk_scroll(work: Slice) -> None:
    """The scroll ends with an empty page. A 404 means that it expired: the walk begins again, it is not done."""
    for _ in range(RESTARTS):
        try:
            cursor = ""
            while True:
                answer = _scroll_page(work, cursor)
                if not answer.value.rows and not answer.value.unreadable:
                    return
                _store(work, answer.value, at=work.server_time(answer), told=None)
                cursor = answer.value.next
        except NotFound:
            continue
    work.issue("The walk over all companies was cut off three times. It starts again with the next run.")


def _list_page(work: Slice, cursor: str) -> Answer[Page[CompanyRecord]]:
    return work.ask(lambda source: source.companies(cursor))


def _scroll_page(work: Slice, cursor: str) -> Answer[Page[CompanyRecord]]:
    return work.ask(lambda source: source.companies_scroll(cursor))


def _store(work: Slice, page: Page[CompanyRecord], *, at: int, told: int | None) -> None:
    with work.commit():
        saved = store.save_companies(work.holder, page.rows, at=at)
        work.count("companies", read=saved.read, saved=saved.changed)
        dead.keep(work, "companies", page.unreadable)
        streams.said(work, "companies", told)
