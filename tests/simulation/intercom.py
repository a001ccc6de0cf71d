"""An Intercom in memory, as bad as the real one may be: every answer is drawn from one random generator.

Its index lags, `>` may or may not take the second itself along, rows come in any order, replicas answer with what was
true some seconds ago, and between any two requests somebody writes, closes, deletes or changes many in one second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import TypeVar

from integrations.errors import NotFound
from integrations.providers import Range
from integrations.records import (
    Answer,
    AppIdentity,
    CompanyRecord,
    ContactRecord,
    ConversationRecord,
    ConversationSeen,
    Deletion,
    MessageRecord,
    Page,
    TagRecord,
    TeammateRecord,
    TeamRecord,
)

T = TypeVar("T")
PAGE = 5
LAG = 40  # seconds the index may be behind; the overlap is scaled down with it, so that runs are long beside it
OVERLAP = 60
STALE = 4  # seconds a replica may be behind, below δ = 5
BEGINNING = 1_790_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """What a conversation was from `since` on, and from when the search shows it."""

    since: int
    shown_at: int
    record: ConversationRecord | None  # None: deleted


@dataclass
class Intercom:
    """The whole workspace. Time passes with each request, by `tick`."""

    random: Random
    now: int = BEGINNING
    versions: dict[str, list[Version]] = field(default_factory=dict)
    deletions: list[Deletion] = field(default_factory=list)
    requests: int = 0
    is_quiet: bool = False
    before_request: Callable[[], None] = lambda: None
    salt: int = 1
    takes_edges: bool = False  # whether `>` means "or equal", which nobody says
    _numbers: int = 100

    # ---- what happens there ----
    def live(self) -> dict[str, ConversationRecord]:
        """What is there now."""
        return {one: found for one, all_ in self.versions.items() if (found := all_[-1].record) is not None}

    def begin(self, conversations: int) -> None:
        """A workspace with a past: everything is shown by the search already."""
        self.salt = self.random.randrange(1, 1_009)
        self.takes_edges = self.random.random() < 0.5
        for _ in range(conversations):
            at = self.now - self.random.randrange(10, 40 * 86_400)
            self._put(self._new(at), at=at, shown_at=at)

    def happen(self) -> None:
        """Something, or nothing."""
        if self.is_quiet:
            return
        what = self.random.random()
        if what < 0.04:
            self._put(self._new(self.now))
        elif what < 0.16:
            self._change(self._some(1))
        elif what < 0.18:
            self._change(self._some(self.random.randrange(2, 9)))  # many in one second
        elif what < 0.195:
            self._delete(self._some(1))

    def touch(self, external_id: str) -> None:
        """Somebody writes in *external_id*, and the search shows it at once."""
        record = replace(self.live()[external_id], updated_at=self.now)
        self._put(record, shown_at=self.now)

    def _some(self, number: int) -> list[str]:
        alive = sorted(self.live())
        return self.random.sample(alive, min(number, len(alive)))

    def _change(self, external_ids: Sequence[str]) -> None:
        for one in external_ids:
            record = self.live()[one]
            parts = [*record.messages, self._message()] if self.random.random() < 0.7 else record.messages
            state = self.random.choice(["open", "closed", "snoozed"])
            self._put(self._with(record, state=state, messages=tuple(parts), updated_at=self.now))

    def _delete(self, external_ids: Sequence[str]) -> None:
        for one in external_ids:
            self.versions[one].append(Version(self.now, self.now + self._lag(), None))
            self.deletions.append(Deletion(external_id=one, deleted_at=self.now))

    def _new(self, at: int) -> ConversationRecord:
        self._numbers += 1
        record = ConversationRecord(external_id=str(self._numbers), created_at=at, updated_at=at)
        return self._with(record, state="open", messages=(self._message(at),), updated_at=at)

    def _message(self, at: int | None = None) -> MessageRecord:
        self._numbers += 1
        text = f"Words {self._numbers}"
        return MessageRecord(
            external_id=str(self._numbers),
            origin="part",
            kind="comment",
            text=text,
            html=text,
            created_at=at or self.now,
        )

    def _with(self, record: ConversationRecord, **facts: object) -> ConversationRecord:
        changed = replace(record, **facts)  # type: ignore[arg-type]
        return replace(changed, open=changed.state != "closed", parts_total=len(changed.messages))

    def _put(self, record: ConversationRecord, *, at: int | None = None, shown_at: int | None = None) -> None:
        since = self.now if at is None else at
        shown = since + self._lag() if shown_at is None else shown_at
        self.versions.setdefault(record.external_id, []).append(Version(since, shown, record))

    def _lag(self) -> int:
        return self.random.choice([0, self.random.randrange(LAG)])

    # ---- what it says ----
    def order(self, external_id: str) -> str:
        """Any order, the same on each page of a walk unless something changes under it."""
        return f"{(int(external_id) * self.salt) % 1_009:04}"

    def tick(self) -> None:
        """Before each request: time passes, and somebody may do something."""
        self.requests += 1
        self.before_request()
        self.now += self.random.choice([0, 0, 1, 3])
        self.happen()

    def shown(self, external_id: str) -> ConversationRecord | None:
        """What the search knows of a conversation."""
        known = [version for version in self.versions[external_id] if version.shown_at <= self.now]
        return known[-1].record if known else None

    def read(self, external_id: str) -> ConversationRecord:
        """What a replica answers, which may be some seconds behind."""
        behind = self.now - self.random.randrange(STALE + 1)
        known = [version for version in self.versions.get(external_id, ()) if version.since <= behind]
        if not known or known[-1].record is None:
            raise NotFound(at=self.now, code="not_found")
        return known[-1].record


class SimulatedSource:
    """Implements `integrations.providers.Source` over an Intercom."""

    def __init__(self, intercom: Intercom) -> None:
        self._intercom = intercom

    async def identity(self) -> Answer[AppIdentity]:
        return self._answer(AppIdentity(app_id="sim"))

    async def teammates(self) -> Answer[Page[TeammateRecord]]:
        return self._answer(Page(rows=[]))

    async def teams(self) -> Answer[Page[TeamRecord]]:
        return self._answer(Page(rows=[]))

    async def tags(self) -> Answer[Page[TagRecord]]:
        return self._answer(Page(rows=[]))

    async def companies(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        return self._answer(Page(rows=[], total=0))

    async def companies_scroll(self, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        return self._answer(Page(rows=[]))

    async def contacts(self, cursor: str = "", *, size: int = 150) -> Answer[Page[ContactRecord]]:
        return self._answer(Page(rows=[], total=0))

    async def contacts_changed(self, since: int, *, time_zone: str, cursor: str = "") -> Answer[Page[ContactRecord]]:
        return self._answer(Page(rows=[]))

    async def contact(self, external_id: str) -> Answer[ContactRecord]:
        raise NotFound

    async def contact_companies(self, external_id: str, cursor: str = "") -> Answer[Page[CompanyRecord]]:
        return self._answer(Page(rows=[]))

    async def contact_tags(self, external_id: str) -> Answer[Page[TagRecord]]:
        return self._answer(Page(rows=[]))

    async def search_conversations(
        self, within: Range, *, cursor: str = "", size: int = 150
    ) -> Answer[Page[ConversationSeen]]:
        self._intercom.tick()
        found = self._found(within)
        start = int(cursor or 0)
        rows = found[start : start + PAGE]
        total = self._intercom.random.choice([len(found), None, len(found) + 3])
        more = str(start + PAGE) if start + PAGE < len(found) else ""
        return Answer(value=Page(rows=rows, next=more, total=total), at=self._intercom.now)

    async def conversation(self, external_id: str) -> Answer[ConversationRecord]:
        self._intercom.tick()
        return Answer(value=self._intercom.read(external_id), at=self._intercom.now)

    async def deletions(self, page: int = 1) -> Answer[Page[Deletion]]:
        self._intercom.tick()
        newest = sorted(self._intercom.deletions, key=lambda one: -one.deleted_at)
        rows = newest[(page - 1) * PAGE : page * PAGE]
        more = str(page + 1) if page * PAGE < len(newest) else ""
        return Answer(value=Page(rows=rows, next=more), at=self._intercom.now)

    def _found(self, within: Range) -> list[ConversationSeen]:
        """A superset of what lies in *within*, as a search for more than lo − 1 and less than hi + 1 may give it."""
        margin = 1 if self._intercom.takes_edges else 0
        seen = [
            ConversationSeen(external_id=one, updated_at=record.updated_at, created_at=record.created_at)
            for one in sorted(self._intercom.versions)
            if (record := self._intercom.shown(one)) is not None and not (within.only_open and record.state == "closed")
        ]
        found = [one for one in seen if _lies_in(getattr(one, within.field), within, margin)]
        return sorted(found, key=lambda one: self._intercom.order(one.external_id))

    def _answer(self, value: T) -> Answer[T]:
        self._intercom.tick()
        return Answer(value=value, at=self._intercom.now)


def _lies_in(value: int, within: Range, margin: int) -> bool:
    return (within.lo is None or value >= within.lo - margin) and (within.hi is None or value <= within.hi + margin)
