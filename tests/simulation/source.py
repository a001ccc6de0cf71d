"""The simulated Intercom behind the interface of a provider."""

from contextlib import AbstractAsyncContextManager
from typing import Any, TypeVar

from integrations.checks import CheckResult
from integrations.errors import Merged, NotFound, ProviderUnavailable
from integrations.providers import Access, AskerOf, Range
from integrations.records import (
    Answer,
    AppIdentity,
    CompanyRecord,
    ContactRecord,
    ConversationRecord,
    ConversationSeen,
    Deletion,
    Page,
    TagRecord,
    TeammateRecord,
    TeamRecord,
)
from tests.simulation.intercom import Intercom

T = TypeVar("T")
PAGE = 5
TWO_DAYS = 2 * 86_400


class SimulatedProvider:
    """Implements as much of `integrations.providers.Provider` as a connection needs after it was typed."""

    name, title = "intercom", "Intercom"

    def __init__(self, intercom: Intercom) -> None:
        self._intercom = intercom

    def open(self, access: Access) -> AbstractAsyncContextManager[Any]:
        raise AssertionError("The simulation's wire needs no line.")

    def region_of(self, base_url: str) -> str:
        return "us"

    def check(self, access: Access, asker_of: AskerOf, *, closed_after: int | None = None) -> CheckResult:
        identity = AppIdentity(app_id="sim", time_zone="America/Los_Angeles")
        return CheckResult(outcome="ready", sentence="", identity=identity, at=self._intercom.now)


class SimulatedSource:
    """Implements `integrations.providers.Source` over an Intercom."""

    def __init__(self, intercom: Intercom, *, page: int = PAGE) -> None:
        self._intercom = intercom
        self._people = intercom.people
        self._page = page

    async def identity(self) -> Answer[AppIdentity]:
        self._tick("identity")
        return self._answer(AppIdentity(app_id="sim"))

    async def teammates(self) -> Answer[Page[TeammateRecord]]:
        self._tick("teammates")
        return self._answer(Page(rows=[TeammateRecord(external_id="1", name="Ada")]))

    async def teams(self) -> Answer[Page[TeamRecord]]:
        self._tick("teams")
        return self._answer(Page(rows=[]))

    async def tags(self) -> Answer[Page[TagRecord]]:
        self._tick("tags")
        return self._answer(Page(rows=[TagRecord(external_id="1", name="Bug")]))

    async def companies(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        self._tick("companies")
        rows = [self._people.companies[one] for one in sorted(self._people.companies)]
        return self._answer(self._paged(rows, cursor))

    async def companies_scroll(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        raise AssertionError("There are never more than 10,000 companies here.")

    async def contacts(self, cursor: str = "", *, size: int = 150) -> Answer[Page[ContactRecord]]:
        """By id, from the cursor on: who leaves does not move the others to an earlier page."""
        self._tick("contacts")
        return self._answer(self._after(sorted(self._people.contacts), cursor, size))

    async def contacts_changed(self, since: int, *, time_zone: str, cursor: str = "") -> Answer[Page[ContactRecord]]:
        self._tick("contacts")
        changed = [one for one, row in self._people.contacts.items() if (row.updated_at or 0) >= since - TWO_DAYS]
        return self._answer(self._after(sorted(changed), cursor, 150))

    async def contact(self, external_id: str) -> Answer[ContactRecord]:
        self._tick("contact")
        if external_id in self._people.merged:
            raise Merged(survivor=self._people.merged[external_id], code="not_found", at=self._date())
        if external_id not in self._people.contacts:
            raise NotFound(code="not_found", at=self._date())
        return self._answer(self._people.contacts[external_id])

    async def contact_companies(self, external_id: str, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        raise AssertionError("No contact here works for more companies than fit into its own list.")

    async def contact_tags(self, external_id: str) -> Answer[Page[TagRecord]]:
        raise AssertionError("No contact here has tags.")

    async def search_conversations(
        self, within: Range, *, cursor: str = "", size: int = 150
    ) -> Answer[Page[ConversationSeen]]:
        self._tick("search")
        found = self._found(within)
        page = self._paged(found, cursor, min(size, self._page))
        total = self._intercom.random.choice([len(found), None, len(found) + 3])
        return self._answer(Page(rows=page.rows, next=page.next, total=total))

    async def conversation(self, external_id: str) -> Answer[ConversationRecord]:
        self._tick("conversation")
        found = self._intercom.read(external_id)
        if found is None:
            raise NotFound(code="not_found", at=self._date())
        return self._answer(found)

    async def deletions(self, page: int = 1) -> Answer[Page[Deletion]]:
        self._tick("deletions")
        newest = sorted(self._intercom.deletions, key=lambda one: -one.deleted_at)
        return self._answer(self._paged(newest, str((page - 1) * self._page)))

    def _found(self, within: Range) -> list[ConversationSeen]:
        """A superset of what lies in *within*, as a search for more than lo - 1 and less than hi + 1 may give it."""
        margin = 1 if self._intercom.takes_edges else 0
        behind = self._intercom.replica if self._intercom.random.random() < self._intercom.behind else 0
        shown = [self._intercom.shown(one, behind=behind) for one in self._intercom.versions]
        found = [
            record
            for record in shown
            if record is not None
            and not (within.only_open and record.state == "closed")
            and _lies_in(getattr(record, within.field), within, margin)
        ]
        return [
            ConversationSeen(external_id=one.external_id, updated_at=one.updated_at, created_at=one.created_at)
            for one in sorted(found, key=self._intercom.place)
        ]

    def _paged(self, rows: list[T], cursor: str, size: int = PAGE) -> Page[T]:
        """Pages that shift when a row before them goes."""
        start, end = int(cursor or 0), int(cursor or 0) + min(size, self._page)
        return Page(rows=rows[start:end], next=str(end) if end < len(rows) else "", total=len(rows))

    def _after(self, names: list[str], cursor: str, size: int) -> Page[ContactRecord]:
        size = min(size, self._page)
        rest = [one for one in names if one > cursor]
        rows = [self._people.contacts[one] for one in rest[:size]]
        return Page(rows=rows, next=rest[size - 1] if len(rest) > size else "", total=len(names))

    def _tick(self, question: str) -> None:
        self._intercom.tick(question)
        if not self._intercom.is_quiet and self._intercom.random.random() < self._intercom.troubles:
            raise ProviderUnavailable(status=503, at=self._date())

    def _answer(self, value: T) -> Answer[T]:
        return Answer(value=value, at=self._date())

    def _date(self) -> int | None:
        is_told = self._intercom.is_quiet or self._intercom.random.random() >= self._intercom.dateless
        return self._intercom.now if is_told else None


def _lies_in(value: int, within: Range, margin: int) -> bool:
    return (within.lo is None or value >= within.lo - margin) and (within.hi is None or value <= within.hi + margin)
