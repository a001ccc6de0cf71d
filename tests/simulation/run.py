"""One simulated life of a connection: cycles of sync against an Intercom that changes, with kills and zombies.

The engine and the store are the real ones, on the real database. One seed decides everything that happens.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from random import Random
from typing import Any
from unittest import mock

from integrations.models import Connection, Pending, SyncState
from integrations.sync import engine, lease, runs
from sonora.conversations.models import Conversation, Message
from sonora.core import clock
from sonora.core.secret import SecretStr
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.simulation.inline import InlineWire
from tests.simulation.intercom import OVERLAP, Intercom, SimulatedSource

INTERVAL = 900
NEVER = 600  # seconds of real time that a slice may take: no life depends on how fast this machine is


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Life:
    """A connection and the Intercom that it reads."""

    seed: int
    kills: float = 0.02  # the chance of dying at each request and each commit
    zombies: float = 0.01  # the chance, at each request, of sleeping through the end of the lease
    overlap: int = OVERLAP
    hot: bool = False  # whether one conversation changes before every request
    killed: int = 0
    awoken: int = 0
    intercom: Intercom = field(init=False)
    connection: Connection = field(init=False)
    random: Random = field(init=False)
    mutant: Callable[[], Any] = nullcontext  # what is wrong with the engine in this life

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.intercom = Intercom(random=Random(self.seed + 1))
        self.intercom.begin(self.random.randrange(3, 13))
        self.intercom.before_request = self._before_request
        self.hottest = next(iter(self.intercom.versions))
        self._is_asleep = False

    def live(self, cycles: int) -> None:
        """Some cycles in which things happen, then two quiet ones."""
        with self._in_place(), self.mutant():
            self._connect()
            for number in range(cycles + 2):
                self.intercom.is_quiet = number >= cycles
                self._cycle()
                self._pass_time()

    def _pass_time(self) -> None:
        """The interval until the next run, in which things happen as well."""
        for seconds in (INTERVAL // 2, INTERVAL // 2 - OVERLAP, *[OVERLAP // 6] * 6):
            self.intercom.now += seconds
            self.intercom.happen()
            self.intercom.happen()

    def lost(self) -> list[str]:
        """What is not here as it is there; what is here although it is not there."""
        there = self.intercom.live()
        with scope(workspace=self.connection.workspace_id):
            here = {one.external_id: one for one in Conversation.objects.present()}
            texts = self._texts()
        problems = [f"lost {one}" for one in there.keys() - here.keys()]
        problems += [f"not deleted {one}" for one in here.keys() - there.keys()]
        for one in there.keys() & here.keys():
            record, row = there[one], here[one]
            if (row.updated_at, row.state) != (record.updated_at, record.state):
                problems.append(f"old {one}: {row.updated_at} {row.state}, not {record.updated_at} {record.state}")
            if texts.get(one, set()) != {message.text for message in record.messages}:
                problems.append(f"other words in {one}")
        return sorted(problems)

    def age_of_the_hottest(self) -> int:
        """Seconds since the version held of the conversation that changes all the time."""
        with scope(workspace=self.connection.workspace_id):
            held = Conversation.objects.filter(external_id=self.hottest).values_list("updated_at", flat=True).first()
        return self.intercom.now - (held or 0)

    def state(self) -> dict[str, Any]:
        """Everything that the sync keeps, for comparing two lives of one seed."""
        # Whose row it is, by which process, and what is measured against the other connections of the database.
        left_out = {"connection_id", "workspace_id", "lease_owner", "run_id", "companies_walk_of", "vtime"}
        with scope(workspace=self.connection.workspace_id):
            row = SyncState.objects.filter(connection=self.connection).values().get()
            rows = sorted(
                Conversation.objects.values_list("external_id", "updated_at", "fetched_at", "deleted_at", "state")
            )
            waiting = sorted(Pending.objects.values_list("external_id", "seen_updated_at", "priority"))
            return {
                "state": {name: value for name, value in row.items() if name not in left_out},
                "conversations": rows,
                "words": sorted((one, sorted(words)) for one, words in self._texts().items()),
                "pending": waiting,
            }

    def _texts(self) -> dict[str, set[str]]:
        texts: dict[str, set[str]] = {}
        for one, text in Message.objects.values_list("conversation__external_id", "text"):
            texts.setdefault(one, set()).add(text)
        return texts

    # ---- one cycle ----
    def _cycle(self) -> None:
        """Slices until nothing is left, as workers that die and are replaced would take them."""
        with scope(workspace=self.connection.workspace_id):
            run_due = SyncState.objects.get(connection=self.connection).run_due
        self.intercom.now = max(self.intercom.now, run_due or 0)  # each cycle has a run
        for _ in range(40):
            try:
                ended = engine.run_slice(self.connection.pk, seconds=NEVER).ended
            except Killed:
                self.killed += 1
                self.intercom.now += 61  # its lease runs out
                continue
            if ended in (engine.Ended.IDLE, engine.Ended.FAILED):
                return
            if ended is engine.Ended.BUSY:
                self.intercom.now += 61
        raise AssertionError(f"seed {self.seed}: the cycle does not end")

    def _before_request(self) -> None:
        if self.hot and self.hottest in self.intercom.live():
            self.intercom.now += 1
            self.intercom.touch(self.hottest)
        if self.intercom.is_quiet or self._is_asleep:
            return
        if self.random.random() < self.kills:
            raise Killed
        if self.random.random() < self.zombies:
            self._sleep_through_the_lease()

    def _sleep_through_the_lease(self) -> None:
        """This worker stops for longer than its lease lasts; another one takes over; then it wakes up and goes on."""
        self.awoken += 1
        self._is_asleep = True
        try:
            self.intercom.now += 70
            engine.run_slice(self.connection.pk, seconds=NEVER)
        finally:
            self._is_asleep = False

    def _connect(self) -> None:
        workspace = Workspace.objects.create(slug=f"sim-{self.seed}-{Workspace.objects.count()}", name="Simulated")
        with scope(workspace=workspace):
            self.connection = Connection(
                workspace=workspace,
                provider="intercom",
                base_url="https://api.intercom.io",
                lookback_days=None,
                interval=INTERVAL,
                created_at=clock.now(),
            )
            self.connection.token = SecretStr("simulated-token-of-nobody")
            self.connection.save()
            SyncState.objects.create(workspace=workspace, connection=self.connection, next_due=clock.now())

    # ---- the seams ----
    @contextmanager
    def _in_place(self) -> Iterator[None]:
        real = lease.Lease.transaction

        @contextmanager
        def transaction(held: lease.Lease) -> Iterator[None]:
            with real(held):
                yield
                self._die_at_commit()
            self._die_at_commit()

        with ExitStack() as stack:
            stack.enter_context(clock.use(lambda: self.intercom.now))
            stack.enter_context(mock.patch.object(runs, "OVERLAP", self.overlap))
            stack.enter_context(mock.patch.object(runs, "_spread", return_value=INTERVAL))  # it differs by primary key
            stack.enter_context(mock.patch.object(engine, "_line", self._line))
            stack.enter_context(mock.patch.object(lease.Lease, "transaction", transaction))
            yield

    def _die_at_commit(self) -> None:
        if not self.intercom.is_quiet and not self._is_asleep and self.random.random() < self.kills / 2:
            raise Killed

    def _line(self, *_: object) -> Any:
        return InlineWire(SimulatedSource(self.intercom), in_flight=lambda: self.random.randrange(1, 9))
