"""Companies: a whole walk each time, since Intercom cannot be asked for those that changed.

The list ends at 10,000; above that the scroll is the only way. A walk that ends early deletes nothing and counts as not
made. Its place ("list:PAGE" or "scroll:PARAM") is kept for the next slice, for less than the minute a scroll lives.
"""

from dataclasses import dataclass, field
from typing import Any

from integrations import store
from integrations.errors import NotFound, RequestRefused
from integrations.records import Answer, CompanyRecord, Page
from integrations.sync import dead, streams, suspects
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.core.again import repeated
from sonora.customers.models import Company

LIST_MOST = 10_000
PLACE_LIVES = 50  # seconds; Intercom forgets a scroll that rests for a minute
RESTARTS = 3  # of a scroll that expired under the walk
LETTERS_LIVE = 86_400  # seconds; a walk takes less, so what it did not renew has no company left
STANDSTILL = 3  # pages in a row without a new company: Intercom is repeating itself
LIST, SCROLL = "list:", "scroll:"

Answered = Answer[Page[CompanyRecord]]


@dataclass(slots=True)
class _Walk:
    place: str
    began: int | None = None  # by the provider's clock
    seen: set[str] = field(default_factory=set)
    idle: int = 0
    restarts: int = 0

    def saw(self, page: Page[CompanyRecord]) -> bool:
        """Whether the walk gets anywhere."""
        fresh = {row.external_id for row in page.rows} - self.seen
        self.seen |= fresh
        self.idle = 0 if fresh or page.unreadable else self.idle + 1
        return self.idle < STANDSTILL

    def begin_to_scroll(self) -> None:
        """From the first company on, whatever was seen before."""
        self.place, self.idle = SCROLL, 0
        self.seen.clear()


def read(work: Slice) -> None:
    """Go on with the walk over all companies, or begin it; ends early when the slice's time is over."""
    walk = _kept_walk(work)
    while not work.spent:
        try:
            is_over = _step(work, walk)
        except NotFound:
            walk.begin_to_scroll()
            walk.restarts += 1
            if walk.restarts >= RESTARTS:
                return _put_off(work, "The walk over all companies was cut off three times.")
            continue
        except RequestRefused as error:
            if error.code == "page_limit_reached":
                walk.begin_to_scroll()
                continue
            if error.code == "scroll_exists":
                return _put_off(work, "A walk over all companies is open already, and Intercom allows one at a time.")
            raise
        if is_over:
            return None
    return None


def owe(work: Slice) -> None:
    """Somebody named a company that is not read: walk over all of them, inside a transaction; once a run."""
    if "companies" not in work.state.owed and work.state.companies_walk_of != work.state.run_id:
        work.lease.save(owed=[*work.state.owed, "companies"])


def _step(work: Slice, walk: _Walk) -> bool:
    """Read and store one page; True when the walk is over."""
    is_scroll, is_first = walk.place.startswith(SCROLL), walk.place == LIST
    answer = _scroll_page(work, walk.place) if is_scroll else _list_page(work, walk.place)
    page = answer.value
    walk.began = work.server_time(answer) if walk.began is None else walk.began
    if is_first:
        _note_total(work, page.total)
    if not is_scroll and page.total is not None and page.total > LIST_MOST:
        walk.begin_to_scroll()
        return False
    if not walk.saw(page):
        _put_off(work, "Intercom gave the same companies over and over.")
        return True
    at_end = not page.rows and not page.unreadable if is_scroll else not page.next
    walk.place = (SCROLL if is_scroll else LIST) + page.next
    _store(work, answer, columns=_done(work) if at_end else _here(walk))
    if at_end:
        _let_go(work, walk.began)
    return at_end


def _note_total(work: Slice, total: int | None) -> None:
    """How many there are by the first answer: what a walk has to meet to be believed complete."""
    with work.commit():
        streams.said(work, "companies", total)


def _let_go(work: Slice, began: int) -> None:
    """After a walk that met as many as are said to be there: what it and the one before did not meet is gone."""
    mine = Company.objects.present().filter(connection_id=work.connection.pk)
    said = work.connection.streams.filter(stream="companies").values_list("said", flat=True).first()
    if said is None or mine.filter(fetched_at__gte=began).count() < said:
        return
    with work.commit():
        streams.was_whole(work, "companies", began=began)
        dead.expire(work, "companies", before=clock.now() - LETTERS_LIVE)
        before = streams.whole_before(work, "companies")
        gone = list(mine.filter(fetched_at__lt=before).values_list("external_id", flat=True)) if before else []
        if not suspects.too_many(work, "companies", len(gone), held=mine.count()):
            work.count("deletions", saved=store.delete_companies(work.holder, gone, at=began))


def _kept_walk(work: Slice) -> _Walk:
    """The walk under way, or a new one when its place may be forgotten by now."""
    state = work.state
    is_kept = state.companies_place_at is not None and state.companies_place_at > clock.now() - PLACE_LIVES
    return _Walk(state.companies_place, state.companies_walk_start) if is_kept else _Walk(LIST)


def _here(walk: _Walk) -> dict[str, Any]:
    return {"companies_place": walk.place, "companies_place_at": clock.now(), "companies_walk_start": walk.began}


def _done(work: Slice) -> dict[str, Any]:
    return {
        "owed": streams.paid(work, "companies"),
        "companies_place": "",
        "companies_place_at": None,
        "companies_walk_of": work.state.run_id,
    }


def _put_off(work: Slice, sentence: str) -> None:
    """Not done: each run tries again, since the walk does not count as made."""
    work.issue(f"{sentence} The next run tries again.")
    with work.commit(**_done(work)):
        pass


def _list_page(work: Slice, place: str) -> Answered:
    return work.ask(lambda source: source.companies(place.removeprefix(LIST)))


def _scroll_page(work: Slice, place: str) -> Answered:
    return work.ask(lambda source: source.companies_scroll(place.removeprefix(SCROLL)))


@repeated
def _store(work: Slice, answer: Answered, *, columns: dict[str, Any]) -> None:
    page = answer.value
    with work.commit(**columns):
        saved = store.save_companies(work.holder, page.rows, at=work.server_time(answer))
        work.count("companies", read=saved.read, saved=saved.changed)
        dead.settle(work, "companies", [row.external_id for row in page.rows])
        dead.keep(work, "companies", page.unreadable)
        if "owed" in columns:
            streams.walked(work, "companies")
