"""One window of conversations: a span of time that one search answer covers whole."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from integrations.errors import SpanUnreadable
from integrations.providers import Range, TimeField
from integrations.records import ConversationSeen, Page, Unreadable
from integrations.sync import spans, windows
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule

PASSES = 12  # over a second that holds more than a page
PAGES = 120  # of one second in all passes, so that a slice ends in time; the reconciliation finds what more there is
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """Time that is read from one end to the other: up from its first second, or down from its last."""

    kind: str
    field: TimeField
    whole: int  # seconds that are left
    within: Callable[[int], Range]  # the first so many of them
    distance: Callable[[int], int]  # of a second from the first of them


def upwards(work: Slice, field: TimeField, *, frontier: int, end: int, kind: str = "up") -> Found:
    """The window that begins at *frontier* and ends at *end* or before it. Those of one *kind* are about as wide."""

    def within(span: int) -> Range:
        lo, hi = windows.forward(frontier, end=end, span=span)
        return Range(field=field, lo=lo, hi=hi)

    return _window(work, _Reading(kind, field, end - frontier + 1, within, lambda second: second - frontier))


def downwards(work: Slice, field: TimeField, *, frontier: int, edge: int | None, only_open: bool) -> Found:
    """The window that ends at *frontier* and begins at *edge* or later; without an edge it may hold all that's left."""

    def within(span: int) -> Range:
        lo, hi = windows.backward(frontier, edge=edge, span=span, floor=FLOOR)
        return Range(field=field, lo=lo, hi=hi, only_open=only_open)

    kind, whole = "open" if only_open else "down", frontier - (edge if edge is not None else FLOOR) + 1
    return _window(work, _Reading(f"{field} {kind}", field, whole, within, lambda second: frontier - second))


def exactly(work: Slice, within: Range) -> Found:
    """All of *within*, which has an end and is too short to be cut."""
    page = spans.page(work, within).value
    return _paged(work, within) if page.next else _found(within, page.rows, page.unreadable)


def _window(work: Slice, left: _Reading) -> Found:
    """As many seconds of what is *left* as one answer tells whole, or the few that must be paged.

    Raises SpanUnreadable where not even one second can be read, or where that takes too long to find out: then the
    next slice goes on with shorter windows.
    """
    span = max(1, min(left.whole, spans.usual(work, left.kind, left.whole)))
    is_usual, told = span < left.whole, None
    while True:
        within = left.within(span)
        try:
            page = spans.page(work, within).value
        except SpanUnreadable:
            if span == 1:
                raise
            span, is_usual = windows.split(span), True
            if spans.shorten(work, left.kind, span):
                continue
            raise
        told = page.total if told is None else told
        if not page.next:
            spans.succeeded(work, left.kind, windows.widened(span, rows=len(page.rows)) if is_usual else None)
            return _found(within, page.rows, page.unreadable, told)
        shorter, is_usual = _shorter(left, span, page)
        if shorter == span:
            return replace(_paged(work, within), told=told)
        span = shorter


def _shorter(left: _Reading, span: int, page: Page[ConversationSeen]) -> tuple[int, bool]:
    """The span to ask for after one of *span* seconds held more than *page*; whether it says how wide others may be."""
    times = [time for row in page.rows if (time := _time(row, left.field)) is not None]
    near = [time for time in times if -1 <= left.distance(time) <= span]
    crowd = windows.crowded(near, total=page.total)
    if crowd is None:
        return windows.narrowed(span, total=page.total), True
    return windows.beside(left.distance(crowd), span=span), False


def _found(
    within: Range, rows: Iterable[ConversationSeen], unreadable: Sequence[Unreadable], told: int | None = None
) -> Found:
    assert within.hi is not None  # noqa: S101 - only the tail has no end, and it makes no window
    return Found(within.lo, within.hi, [row for row in rows if _lies_in(row, within)], unreadable, told)


def _paged(work: Slice, within: Range) -> Found:
    """More about one second (or before Intercom's time) than a page holds: pages, until two passes in a row agree."""
    union: dict[str, ConversationSeen] = {}
    unreadable: dict[str, Unreadable] = {}
    last: set[str] | None = None
    passes, asked = 0, 0
    while True:
        pages = _pages(work, within, unreadable, most=PAGES - asked)
        passes, asked = passes + 1, asked + len(pages)
        rows = {row.external_id: row for page in pages for row in page if _lies_in(row, within)}
        union |= rows
        if asked < PAGES and rows.keys() == last:
            break
        if asked >= PAGES or passes == PASSES:
            _doubt(work, "More changed in one second than Intercom shows the same way twice.")
            break
        last = set(rows)
    return _found(within, union.values(), list(unreadable.values()))


def _pages(
    work: Slice, within: Range, unreadable: dict[str, Unreadable], *, most: int
) -> list[Sequence[ConversationSeen]]:
    pages: list[Sequence[ConversationSeen]] = []
    met: set[str] = set()
    cursor, idle = "", 0
    while True:
        page = spans.page(work, within, cursor).value
        fresh = ({row.external_id for row in page.rows} | {one.external_id for one in page.unreadable}) - met
        met |= fresh
        idle = 0 if fresh else idle + 1
        pages.append(page.rows)
        unreadable |= {one.external_id: one for one in page.unreadable}
        if not page.next or len(pages) >= most:
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


def _lies_in(row: ConversationSeen, within: Range) -> bool:
    """Searches are asked for a superset, since nobody says whether `>` takes the second itself along."""
    value = _time(row, within.field)
    if value is None:
        return True
    return (within.lo is None or value >= within.lo) and (within.hi is None or value <= within.hi)


def _time(row: ConversationSeen, field: TimeField) -> int | None:
    return row.updated_at if field == "updated_at" else row.created_at
