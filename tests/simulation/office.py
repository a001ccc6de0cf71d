"""Some minutes of a whole installation on a fake clock: many connections, few places.

The picker, the leases and the releases are the real ones, on the real tables; made up is only what a slice does: how
long it takes, how many requests it makes, whether more is left.
"""

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from django.conf import settings

from integrations.models import SyncState
from integrations.sync import classes, failures, lease, scheduler
from sonora.core import clock
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.integrations import NOW
from tests.sync.rows import many

TICK, WHOLE = 5, 20  # seconds


@dataclass(frozen=True, slots=True)
class Work:
    """What a connection's slices are: *seconds* and *requests* of each; *interval* is None when more is always left."""

    seconds: int = WHOLE
    requests: int = 1_600
    interval: int | None = None


SMALL = Work(seconds=2, requests=4, interval=300)
# What the row of a connection says whose slices are always of one class.
NEVER_ENDING_RUN = {"run_id": 1}
FIRST_SYNC = {"initial_done_at": None, "first_screen_at": NOW}
ASKED_FOR = {"now_requested_by": "ada@a.example"}
BACKFILL = {"closed_done": False}
SWEEP = {"sweep": "all", "run_due": NOW + 86_400, "watermark": NOW}


@dataclass(frozen=True, slots=True)
class Started:
    """A slice: whose, and when it was due and began."""

    connection: int
    due: int
    at: int

    @property
    def dwell(self) -> int:
        return self.at - self.due


class Office:
    def __init__(self) -> None:
        self.now = NOW
        self.started: list[Started] = []
        self._free = settings.SYNC_PLACES
        self._sent: deque[int] = deque()
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._work: dict[int, Work] = {}
        self._workspaces: dict[int, int] = {}
        self._numbers = count()  # what happens in one second happens in the order in which it was planned
        self._random = Random(1)

    def add(self, number: int, work: Work, *, due: list[int] | int = NOW, **columns: Any) -> list[int]:
        """The ids of *number* new connections that are due at *due*, with *columns* of their state."""
        state = SyncState(**{"initial_done_at": NOW, "open_done": True, "closed_done": True, **columns})
        kind = classes.of(state, at=NOW)
        made = many(number, next_due=due, **{"slice_class": kind, **columns})
        self._work |= dict.fromkeys(made, work)
        with scopes_disabled():
            self._workspaces |= dict(SyncState.objects.values_list("connection_id", "workspace_id"))
        return made

    def run(self, seconds: int) -> None:
        ends = self.now + seconds
        self._at(self.now, self._tick)
        with clock.use(lambda: self.now):
            while self._events and self._events[0][0] < ends:
                self.now, _, happen = heapq.heappop(self._events)
                happen()
        self.now = ends

    def dwells(self, connections: list[int]) -> list[int]:
        wanted = set(connections)
        return sorted(one.dwell for one in self.started if one.connection in wanted)

    def requests(self, connections: list[int]) -> list[int]:
        """How many each of them made."""
        slices = [one.connection for one in self.started]
        return [slices.count(one) * self._work[one].requests for one in connections]

    def _at(self, moment: int, happen: Callable[[], None]) -> None:
        heapq.heappush(self._events, (moment, next(self._numbers), happen))

    def _tick(self) -> None:
        self._at(self.now + TICK, self._tick)
        scheduler.tick()
        self._send()

    def _send(self) -> None:
        self._sent.extend(scheduler.pick())
        while self._free and self._sent:
            self._begin(self._sent.popleft())

    def _begin(self, connection: int) -> None:
        with scope(workspace=self._workspaces[connection]):
            held = lease.claim(connection, only_if_sent_for=True)
        assert held is not None
        self.started.append(Started(connection, due=held.state.next_due or 0, at=self.now))
        self._free -= 1
        self._at(self.now + self._work[connection].seconds, lambda: self._end(held))

    def _end(self, held: lease.Lease) -> None:
        self._free += 1
        connection, work = held.connection.pk, self._work[held.connection.pk]
        with scope(workspace=self._workspaces[connection]):
            kind = classes.of(held.state, at=self.now)
            scheduler.charge(connection, requests=work.requests, weight=kind.weight)
            if work.interval is not None:
                with held.transaction():
                    held.save(run_due=self.now + int(work.interval * self._random.uniform(0.9, 1.1)))
            failures.went_well(held, is_over=work.interval is not None)
        self._send()
