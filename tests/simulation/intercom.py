"""An Intercom in memory, as bad as the real one may be: every answer is drawn from one random generator.

Its index lags, `>` may or may not take the second itself along, rows come in any order, replicas answer with what was
true some seconds ago, answers fail or forget to say the time, and between any two requests somebody writes, closes,
deletes or changes many in one second. Some of it shows in no `updated_at` and in no feed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from integrations.records import CompanyRef, ConversationRecord, Deletion, MessageRecord
from tests.simulation.people import People

LAG = 480  # seconds that the index may be behind
REPLICA = 60  # and how much more some of its replicas; together less than the overlap
STALE = 4  # seconds that a conversation's replica may be behind, below δ = 5
BEGINNING = 1_790_000_000
TOLD = {"write": 3, "change": 10, "bulk": 2, "delete": 2, "person": 3, "company": 1, "nothing": 80}
UNTOLD = {"delete quietly": 0.5, "close quietly": 1.0, "late": 0.5, "merge": 0.5, "leave": 0.5, "close down": 0.5}


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
    lag: int = LAG
    versions: dict[str, list[Version]] = field(default_factory=dict)
    deletions: list[Deletion] = field(default_factory=list)
    untold: set[str] = field(default_factory=set)  # conversations of which no run can know how they are
    asked: Counter[str] = field(default_factory=Counter)  # how often, by question
    is_quiet: bool = False
    before_request: Callable[[str], None] = lambda _: None
    order: str = "any"  # of what a search finds: any, newest or oldest
    behind: float = 0.03  # the share of searches that a replica answers which is behind
    replica: int = REPLICA
    salt: int = 1
    takes_edges: bool = False  # whether `>` means "or equal", which nobody says
    troubles: float = 0.0  # the chance of an answer that is none
    dateless: float = 0.0  # the chance of an answer that does not tell the time
    rush: float = 0.02  # the chance that a conversation changes in the second in which it is read, before and after
    stale: int = STALE
    slow: int = 0  # seconds that each answer takes beside those that are drawn
    _numbers: int = 100

    def __post_init__(self) -> None:
        self.people = People(self.random, self.number)
        self.salt = self.random.randrange(1, 1_009)
        self.takes_edges = self.random.random() < 0.5
        self.order = self.random.choice(["any", "newest", "oldest"])
        self.weights = TOLD | UNTOLD

    # ---- what happens there ----
    def live(self) -> dict[str, ConversationRecord]:
        """What is there now."""
        return {one: found for one, all_ in self.versions.items() if (found := all_[-1].record) is not None}

    def begin(self, conversations: int) -> None:
        """A workspace with a past: everything is shown by the search already."""
        self.people.begin(self.now)
        for _ in range(conversations):
            at = self.now - self.random.randrange(10, 40 * 86_400)
            record = self._new(at)
            self._put(self._with(record, state=self.random.choice(["open", "closed"])), at=at, shown_at=at)

    def happen(self) -> None:
        """Something, or nothing."""
        if self.is_quiet:
            return
        what = self.random.choices(list(self.weights), list(self.weights.values()))[0]
        number = self.random.randrange(2, 9) if what == "bulk" else 1
        chosen = self._some(number)
        match what:
            case "write":
                self.write()
            case "change" | "bulk":
                self.change(chosen)
            case "late":
                self.change(chosen, lag=self.random.randrange(2_000, 50_000))
                self.untold.update(chosen)
            case "delete" | "delete quietly":
                self._delete(chosen, quietly=what == "delete quietly")
            case "close quietly":
                self._turn(chosen)
            case "nothing":
                pass
            case _:
                self.people.happen(what, self.now)

    def touch(self, external_id: str) -> None:
        """Somebody writes in *external_id*, and the search shows it at once."""
        record = replace(self.live()[external_id], updated_at=self.now)
        self._put(record, shown_at=self.now)

    def _some(self, number: int) -> list[str]:
        alive = sorted(self.live())
        return self.random.sample(alive, min(number, len(alive)))

    def write(self) -> None:
        """Somebody begins a conversation."""
        self._put(self._new(self.now))

    def change(self, external_ids: Sequence[str], *, lag: int | None = None) -> None:
        """Each of them changes now; the search shows it after *lag* seconds, or after as many as are drawn."""
        for one in external_ids:
            record = self.live()[one]
            parts = [*record.messages, self._message()] if self.random.random() < 0.7 else record.messages
            state = self.random.choice(["open", "closed", "snoozed"])
            changed = self._with(record, state=state, messages=tuple(parts), updated_at=self.now)
            self._put(changed, shown_at=None if lag is None else self.now + lag)

    def _turn(self, external_ids: Sequence[str]) -> None:
        """Closed or opened again, and `updated_at` does not move."""
        for one in external_ids:
            record = self.live()[one]
            self._put(self._with(record, state="open" if record.state == "closed" else "closed"))
            self.untold.add(one)

    def _delete(self, external_ids: Sequence[str], *, quietly: bool) -> None:
        for one in external_ids:
            self.versions[one].append(Version(self.now, self.now + self._lag(), None))
            if quietly:
                self.untold.add(one)
            else:
                self.deletions.append(Deletion(external_id=one, deleted_at=self.now))

    def _new(self, at: int) -> ConversationRecord:
        record = ConversationRecord(external_id=self.number(), created_at=at, updated_at=at)
        contact, company = self.people.somebody()
        ref = CompanyRef(external_id=company) if company else None
        return self._with(record, state="open", contacts=contact, company=ref, messages=(self._message(at),))

    def _message(self, at: int | None = None) -> MessageRecord:
        name = self.number()
        text = f"Words {name}"
        made = self.now if at is None else at
        return MessageRecord(external_id=name, origin="part", kind="comment", text=text, html=text, created_at=made)

    def _with(self, record: ConversationRecord, **facts: object) -> ConversationRecord:
        changed = replace(record, **facts)  # type: ignore[arg-type]
        return replace(changed, open=changed.state != "closed", parts_total=len(changed.messages))

    def _put(self, record: ConversationRecord, *, at: int | None = None, shown_at: int | None = None) -> None:
        since = self.now if at is None else at
        shown = since + self._lag() if shown_at is None else shown_at
        self.untold.discard(record.external_id)  # a change with a date tells of those before it as well
        self.versions.setdefault(record.external_id, []).append(Version(since, shown, record))

    def _lag(self) -> int:
        return self.random.choice([0, self.random.randrange(self.lag + 1)])

    def number(self) -> str:
        self._numbers += 1
        return str(self._numbers)

    # ---- what it knows when it is asked ----
    def tick(self, question: str) -> None:
        """Before each *question*: time passes, and somebody may do something."""
        self.asked[question] += 1
        self.before_request(question)
        self.now += self.random.choice([0, 0, 1, 3]) + self.slow
        self.happen()

    def place(self, record: ConversationRecord) -> tuple[int, int]:
        """Where a search puts *record*: the same on each page of a walk, unless something changes under it."""
        anywhere = (int(record.external_id) * self.salt) % 1_009
        since = record.updated_at or 0
        return {"any": 0, "newest": -since, "oldest": since}[self.order], anywhere

    def shown(self, external_id: str, *, behind: int) -> ConversationRecord | None:
        """What the search knows of a conversation, asked of a replica that is *behind* so many seconds."""
        known = [version for version in self.versions[external_id] if version.shown_at <= self.now - behind]
        return known[-1].record if known else None

    def read(self, external_id: str) -> ConversationRecord | None:
        """What a replica answers, which may be some seconds behind."""
        rushed = [external_id] if self._is_rushed(external_id) else []
        self.change(rushed)
        behind = self.now - self.random.randrange(self.stale + 1)
        known = [version for version in self.versions.get(external_id, ()) if version.since <= behind]
        self.change(rushed)
        return known[-1].record if known else None

    def _is_rushed(self, external_id: str) -> bool:
        return not self.is_quiet and self.random.random() < self.rush and external_id in self.live()
