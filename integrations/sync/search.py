"""One window of conversations: a span of time that one search answer covers whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from integrations.errors import BadResponse
from integrations.providers import Range, TimeField
from integrations.records import ConversationSeen, Page, Unreadable
from integrations.sync import windows
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule

PASSES = 12  # over one second that holds more than a page
STANDSTILL = 3  # pages in a row without anything new: Intercom is repeating itself
FLOOR = 1_293_840_000  # 1 January 2011: Intercom did not exist, so what is left below is asked for without a lower end


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in lo … hi, both included (`lo` None: everything up to hi)."""

    lo: int | None
    hi: int
    rows: Sequence[ConversationSeen]
    unreadable: Sequence[Unreadable] = ()
    told: int | None = None  # how many Intercom counted in the first span that was asked for


def upwards(work: Slice, field: TimeField, *, frontier: int, end: int) -> Found:
    """The window that begins at *frontier* and ends at *end* or before it."""
    span = _span(work, field, "up", whole=end - frontier + 1)
    while True:
        lo, hi = windows.forward(frontier, end=end, span=span)
        within = Range(field=field, lo=lo, hi=hi)
        found, span = _answered(work, within, span, _page(work, within))
        if found is not None:
            work.spans[field, "up"] = span
            return found


def downwards(work: Slice, field: TimeField, *, frontier: int, edge: int | None, only_open: bool) -> Found:
    """The window that ends at *frontier* and begins at *edge* or later; without an edge it may hold all that's left."""
    side = "open" if only_open else "down"
    span = _span(work, field, side, whole=frontier - (edge if edge is not None else FLOOR) + 1)
    told: int | None = None
    while True:
        lo, hi = windows.backward(frontier, edge=edge, span=span, floor=FLOOR)
        within = Range(field=field, lo=lo, hi=hi, only_open=only_open)
        page = _page(work, within)
        told = page.total if told is None else told
        found, span = _answered(work, within, span, page)
        if found is not None:
            work.spans[field, side] = span
            return replace(found, told=told)


def _span(work: Slice, field: TimeField, side: str, *, whole: int) -> int:
    return max(1, work.spans.get((field, side), whole))


def _answered(work: Slice, within: Range, span: int, page: Page[ConversationSeen]) -> tuple[Found | None, int]:
    """What *within* holds if *page* tells it whole, and the span to ask for next."""
    hi = within.hi if within.hi is not None else 0
    if not page.next:
        rows = [row for row in page.rows if _lies_in(row, within)]
        return Found(within.lo, hi, rows, page.unreadable), windows.widened(span, rows=len(page.rows))
    if within.lo == hi or span == 1:
        return _paged(work, within), 1
    return None, windows.narrowed(span, total=page.total)


def _paged(work: Slice, within: Range) -> Found:
    """More in one second (or before Intercom's time) than a page holds: pages, until two passes in a row agree."""
    union: dict[str, ConversationSeen] = {}
    unreadable: dict[str, Unreadable] = {}
    last: set[str] = set()
    for _ in range(PASSES):
        rows = {
            row.external_id: row for page in _pages(work, within, unreadable) for row in page if _lies_in(row, within)
        }
        union |= rows
        if set(rows) == last:
            break
        last = set(rows)
    else:
        _doubt(work, "More changed in one second than Intercom shows the same way twice.")
    assert within.hi is not None  # noqa: S101 - a second has an end
    return Found(within.lo, within.hi, list(union.values()), list(unreadable.values()))


def _pages(work: Slice, within: Range, unreadable: dict[str, Unreadable]) -> list[Sequence[ConversationSeen]]:
    pages: list[Sequence[ConversationSeen]] = []
    met: set[str] = set()
    cursor, idle = "", 0
    while True:
        page = _page(work, within, cursor)
        fresh = ({row.external_id for row in page.rows} | {one.external_id for one in page.unreadable}) - met
        met |= fresh
        idle = 0 if fresh else idle + 1
        pages.append(page.rows)
        unreadable |= {one.external_id: one for one in page.unreadable}
        if not page.next:
            return pages
        if idle == STANDSTILL:
            _doubt(work, "Intercom gave the same conversations over and over.")
            return pages
        cursor = page.next


def _doubt(work: Slice, sentence: str) -> None:
    """What was seen is read, but there may be more: the reconciliation is due at once."""
    work.issue(f"{sentence} All that was seen is read, and the whole is gone through again.")
    with work.commit(swept=schedule.at_once(work.state, "all")):
        pass


def _page(work: Slice, within: Range, cursor: str = "") -> Page[ConversationSeen]:
    """One page. Raises BadResponse for one that holds nothing and names another: it would be asked for without end."""
    page = work.ask(lambda source: source.search_conversations(within, cursor=cursor)).value
    if page.next and not page.rows and not page.unreadable:
        raise BadResponse("A page of nothing names a next one.", code="empty_page")
    return page


def _lies_in(row: ConversationSeen, within: Range) -> bool:
    """Searches are asked for a superset, since nobody says whether `>` takes the second itself along."""
    value = row.updated_at if within.field == "updated_at" else row.created_at
    if value is None:
        return True
    return (within.lo is None or value >= within.lo) and (within.hi is None or value <= within.hi)
