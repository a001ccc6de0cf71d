"""One simulated life of a connection: cycles of sync against an Intercom that changes, with kills and zombies.

The engine and the store are the real ones, on SQLite. One seed decides everything that happens.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from random import Random
from typing import Any
from unittest import mock

from celery.app.task import Task

from integrations import providers
from integrations.models import Connection, Pending, SyncState
from integrations.sync import engine, lease, runs, windows
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import scope
from tests.simulation import compare, database, people_at_sonora
from tests.simulation.inline import InlineWire
from tests.simulation.intercom import Intercom
from tests.simulation.seeds import Tally
from tests.simulation.source import PAGE, SimulatedProvider, SimulatedSource
from tests.simulation.worker import Fate, Killed

INTERVAL = 900
IN_FLIGHT = 8  # questions that are under way at once, at most
LEASE = 61  # seconds after which a lease that nobody renewed is over
NEVER = 600.0  # seconds of real time that a slice may take: no life depends on how fast this machine is
SOON = 120  # seconds: what is due within them belongs to the cycle
HOUR, A_DAY = 3_600, 86_400
GAPS = [INTERVAL] * 12 + [HOUR + 100, 7 * HOUR, 30 * HOUR, 8 * A_DAY]
# Two of each sweep, and the hour between two answers that say that something is gone.
LATER = [A_DAY + 60, 7 * A_DAY, HOUR + 60, 7 * A_DAY, HOUR + 60, A_DAY + 60]


@dataclass
class Life:
    """A connection and the Intercom that it reads. What is not given is drawn from the seed."""

    seed: int
    kills: float = 0.004  # the chance of dying at each request and each statement
    zombies: float = 0.004  # the chance, at each of them, of sleeping through the end of the lease
    overlap: int = runs.OVERLAP
    interval: int = INTERVAL  # seconds between two runs
    gaps: list[int] = field(default_factory=lambda: GAPS)
    acts: float = 0.15  # the chance, before each cycle, that somebody does something in Sonora
    sweeps: bool | None = None  # whether any is taken before the weeks at the end, which would mend what a run missed
    twists: dict[str, Any] = field(default_factory=dict)  # attributes of the Intercom that are not the usual ones
    conversations: int | None = None  # in the beginning
    hot: bool = False  # whether one conversation changes before every request
    script: list[tuple[str, Callable[[], object]]] = field(default_factory=list)  # before which question, what happens
    mutant: Callable[[], Any] = nullcontext  # what is wrong with the engine in this life
    problems: list[str] = field(default_factory=list)
    skew: int = 0  # seconds that our clock is ahead of Intercom's
    connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.intercom = Intercom(random=Random(self.seed + 1))
        self.fate = Fate(self.random, death=self.kills, sleep=self.zombies, meanwhile=self._meanwhile)
        self.may_sweep = self.random.random() < 0.5 if self.sweeps is None else self.sweeps
        self.intercom.troubles = self.random.choice([0.0, 0.0, 0.01])
        self.intercom.dateless = self.random.choice([0.0, 0.0, 0.02])
        self.skew = self.random.choice([0, 0, self.random.randrange(-120, 120), A_DAY, -A_DAY])
        for name, value in self.twists.items():
            setattr(self.intercom, name, value)
        few = self.random.randrange(3, 13)
        self.intercom.begin(few if self.conversations is None else self.conversations)
        self.intercom.before_request = self._before_request
        self.hottest = next(iter(self.intercom.versions))

    @contextmanager
    def born(self) -> Iterator["Life"]:
        """Within the block the life's database is there, and the connection is made."""
        with ExitStack() as stack:
            stack.enter_context(database.empty())
            stack.enter_context(clock.use(self.our_clock))
            stack.enter_context(mock.patch.object(runs, "OVERLAP", self.overlap))
            stack.enter_context(mock.patch.multiple(windows, PAGE=PAGE, AIM=PAGE - 2))
            stack.enter_context(mock.patch.object(engine, "_line", self._line))
            provider = {"intercom": SimulatedProvider(self.intercom)}
            stack.enter_context(mock.patch.object(providers, "all_providers", return_value=provider))
            stack.enter_context(mock.patch.object(Task, "apply_async"))  # messages are hints, and all are lost here
            stack.enter_context(self.fate.watching())
            stack.enter_context(self.mutant())
            self.connection = people_at_sonora.connect(self.random, interval=self.interval)
            yield self

    def live(self, cycles: int) -> list[str]:
        """Some cycles in which things happen, two quiet ones, then some weeks; returns what was wrong.

        After the quiet cycles everything is here as it is there that a run can know; after the weeks everything is.
        """
        self.be_busy(cycles)
        self.may_sweep = True
        for gap in LATER:
            self.cycle(gap)
        self.problems += compare.differences(self.intercom, self.connection, told_only=False)
        return self.problems

    def be_busy(self, cycles: int) -> list[str]:
        """The cycles in which things happen, and the two quiet ones; returns what was wrong."""
        for _ in range(cycles):
            self.happen()
        self.rest()
        self.cycle()
        self.cycle()
        if not self._is_in_doubt():
            self.problems += compare.differences(self.intercom, self.connection, told_only=True)
        return self.problems

    def happen(self) -> None:
        """One cycle in which things happen, here as well."""
        if self.random.random() < self.acts:
            people_at_sonora.act(self.random, self.connection.workspace_id)
            self.skew = self.random.choice([self.skew] * 4 + [0, A_DAY, -A_DAY])
        self.cycle(self.random.choice(self.gaps))
        self.problems += compare.wrongly_deleted(self.intercom, self.connection)

    def rest(self) -> None:
        """From now on nothing happens and nobody dies; whatever was stopped goes on."""
        self.intercom.is_quiet = self.fate.is_kind = True
        people_at_sonora.set_right(self.connection.workspace_id)

    def cycle(self, gap: int = INTERVAL) -> None:
        """The time until the next run, then the run."""
        self.wait(gap)
        self.work()

    def work(self) -> None:
        """Slices until nothing is left, as workers that die and are replaced do."""
        for _ in range(80):
            if not self._step():
                return
        raise AssertionError("the cycle does not end")

    def our_clock(self) -> int:
        """The database's clock."""
        return self.intercom.now + self.skew

    def state(self) -> SyncState:
        with scope(workspace=self.connection.workspace_id):
            return SyncState.objects.get()

    def age_of_the_hottest(self) -> int:
        """Seconds since the version held of the conversation that changes all the time."""
        with scope(workspace=self.connection.workspace_id):
            held = Conversation.objects.filter(external_id=self.hottest).values_list("updated_at", flat=True).first()
        return self.intercom.now - (held or 0)

    def _step(self) -> bool:
        """One slice; False when there is nothing to do for a while."""
        try:
            outcome = self.slice()
        except Killed:
            self.intercom.now += LEASE
            return True
        if outcome.ended is engine.Ended.BUSY:
            self.intercom.now += LEASE
            return self._may_run()
        if outcome.ended in (engine.Ended.MORE, engine.Ended.LOST):
            return True
        wait = self.next_due() - self.our_clock()
        self.intercom.now += max(1, wait) if wait <= SOON else 0
        return wait <= SOON

    def slice(self) -> engine.Outcome:
        """One slice in a process of its own, which may end in Killed."""
        with self.fate.worker():
            try:
                return engine.run_slice(self.connection.pk, seconds=NEVER, may_sweep=self.may_sweep)
            except Killed:
                database.revive()
                raise

    def next_due(self) -> int:
        """When there is something to do again, by our clock; sweeps only where they are taken."""
        if self.may_sweep:
            return self.state().next_due or 2**60
        with scope(workspace=self.connection.workspace_id):
            put_off = Pending.objects.order_by("not_before").values_list("not_before", flat=True).first()
        return min(self.state().run_due or 2**60, 2**60 if put_off is None else put_off)

    def _may_run(self) -> bool:
        with scope(workspace=self.connection.workspace_id):
            found = Connection.objects.get()
            version = SyncState.objects.get().state_version
        is_well = found.setup == Connection.Setup.OK and found.run not in lease.PAUSED
        return is_well and version <= lease.STATE_VERSION

    def _is_in_doubt(self) -> bool:
        """Whether the watermark was put back: then the sweeps must make good what the runs may have missed."""
        with scope(workspace=self.connection.workspace_id):
            return AuditEntry.objects.filter(action="sync.watermark_clamped").exists()

    def wait(self, seconds: int = INTERVAL) -> None:
        """The time until the next run, in which things happen as well, the last of them just before it."""
        due = (self.state().run_due or 0) - self.our_clock()
        rest = max(seconds, min(due, 2 * INTERVAL)) - 60  # each cycle has a run
        for part in (*[rest // 5] * 4, rest - 4 * (rest // 5), *[20] * 3):
            self.intercom.now += part
            for _ in range(5):
                self.intercom.happen()

    def _before_request(self, question: str) -> None:
        if self.hot and self.hottest in self.intercom.live():
            self.intercom.now += 1
            self.intercom.touch(self.hottest)
        self.fate.doze()
        self.fate.step(is_milestone=True)
        if self.script and self.script[0][0] == question:
            self.script.pop(0)[1]()

    def _meanwhile(self) -> None:
        """One worker sleeps through the end of its lease: others go on, people act, and then it wakes up."""
        self.intercom.now += self.random.choice([self.random.randrange(LEASE, 500), HOUR])
        for _ in range(5):
            self.intercom.happen()
        if self.random.random() < self.acts:
            people_at_sonora.act(self.random, self.connection.workspace_id)
        for _ in range(self.random.randrange(1, 3)):
            try:
                self.slice()
            except Killed:
                self.intercom.now += self.random.choice([0, LEASE])

    def _line(self, *_: object) -> Any:
        return InlineWire(SimulatedSource(self.intercom), in_flight=lambda: self.random.randint(1, IN_FLIGHT))


def tally_of(seeds: Iterable[int]) -> Tally:
    """Live the life of each of *seeds*. A life that raises is one in which something was wrong."""
    tally = Tally()
    for seed in seeds:
        life = Life(seed)
        try:
            with life.born():
                problems = life.live(cycles=4 + seed % 4)
        except Exception as error:  # noqa: BLE001 - whatever it is, the seed that brought it up is what counts
            problems = [f"{type(error).__name__}: {error}"]
        wrong = [f"seed {seed}: {'; '.join(problems[:5])}"] if problems else []
        tally.add(Tally(1, life.fate.killed, life.fate.awoken, life.intercom.asked.total(), wrong))
    return tally
