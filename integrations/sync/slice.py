"""What the steps of one slice share: the lease, the line, whose rows, how long, and what was counted."""

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from integrations.models import Connection, RunLine, SyncRun, SyncState
from integrations.providers import Source
from integrations.records import Answer
from integrations.store import Holder
from integrations.sync import journal
from integrations.sync.journal import Line
from integrations.sync.lease import Lease
from integrations.sync.wire import Wire
from sonora.core import clock

T = TypeVar("T")
REQUESTS = 4_000  # of one slice
RESYNCED = ("resync", "contacts", "all")  # sweeps that count in the run of what is read again, while there is one
UNTOLD = 120  # seconds that our clock is taken back by when the provider tells no time


class Dated(Protocol):
    """An answer, or an error, with the time that its Date header told."""

    @property
    def at(self) -> int | None: ...


@dataclass(slots=True)
class Slice:
    """Some seconds of work on one connection."""

    lease: Lease
    wire: Wire
    holder: Holder
    ends: float  # time.monotonic()
    stopping: Callable[[], bool] = lambda: False
    may_sweep: bool = True  # whether more may be read than a run needs
    spans: dict[str, int] = field(default_factory=dict)  # the width of the last window of each kind
    in_vain: float = 0.0  # seconds that went into searches which then failed
    is_narrowing: bool = False  # a search is to be tried with shorter windows by the next slice
    _read: dict[str, int] = field(default_factory=dict)
    _saved: dict[str, int] = field(default_factory=dict)
    _issues: list[str] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _untold: dict[str, dict[str, int]] = field(default_factory=lambda: {"read": {}, "saved": {}})  # in the log so far
    _requests_told: int = 0
    _requests_noted: int = 0
    _cursors: set[tuple[str, str]] = field(default_factory=set)
    _told_at: int | None = None  # the latest time that the provider told in this slice
    _run: SyncRun | None = None  # as the last commit left it; only the holder of the lease counts in it

    @property
    def state(self) -> SyncState:
        return self.lease.state

    @property
    def connection(self) -> Connection:
        return self.lease.connection

    @property
    def spent(self) -> bool:
        """Whether it is time to stop: the next slice goes on from the last commit."""
        return time.monotonic() >= self.ends or self.wire.budget.requests >= REQUESTS or self.stopping()

    def ask(self, question: Callable[[Source], Awaitable[Answer[T]]], *, seconds: float | None = None) -> Answer[T]:
        """One request; see `Wire.ask`."""
        self.lease.keep()
        return self.wire.ask(question, seconds=seconds)

    def server_time(self, answer: Dated) -> int:
        """When *answer* was given by the provider's clock (Unix seconds).

        One that does not say is not older than the last of this slice that did. Only without any is our clock asked,
        and taken back by two minutes.
        """
        if answer.at is None:
            return self._told_at if self._told_at is not None else clock.now() - UNTOLD
        self._told_at = max(self._told_at or 0, answer.at)
        return answer.at

    @contextmanager
    def commit(self, **columns: Any) -> Iterator[None]:
        """One fenced transaction: what the block writes, *columns* of the state, and the counts, or nothing of it."""
        before = self._kept()
        try:
            with self.lease.transaction():
                self.lease.save(last_progress_at=clock.now(), **columns)
                yield
                self._note()
        except BaseException:
            self._roll_back(before)
            raise
        _add(self._untold["read"], self._read)
        _add(self._untold["saved"], self._saved)
        for noted in (self._read, self._saved, self._issues, self._lines):
            noted.clear()

    def _kept(self) -> tuple[dict[str, Any], ...]:
        counts = {
            "_read": {**self._read},
            "_saved": {**self._saved},
            "_issues": [*self._issues],
            "_lines": [*self._lines],
        }
        return {**vars(self.state)}, {**counts, "_requests_noted": self._requests_noted, "_run": None}

    def _roll_back(self, before: tuple[dict[str, Any], ...]) -> None:
        """What is held here is what the database holds, so that the same can be written again."""
        state, own = before
        vars(self.state).update(state)
        for name, value in own.items():
            setattr(self, name, value)

    def count(self, stream: str, *, read: int = 0, saved: int = 0) -> None:
        """Add to what the run has read and changed; written with the next commit."""
        self._read[stream] = self._read.get(stream, 0) + read
        self._saved[stream] = self._saved.get(stream, 0) + saved

    def issue(self, sentence: str) -> None:
        """Something that people should see in the run: a sentence without words of a message."""
        self._issues.append(sentence)
        self.line(Line(sentence, RunLine.Level.WARNING))

    def line(self, line: Line) -> None:
        """Something that the log of the run should hold."""
        self._lines.append(line)

    def tell(self) -> None:
        """Write down in the log what was read since it was told last; its own commit, if there is anything."""
        read, saved, requests = self._untold["read"], self._untold["saved"], self.wire.budget.requests
        line = journal.of_slice(read, saved, requests=requests - self._requests_told)
        if line is None or self._open_run() is None:
            return
        with self.commit():
            self.line(line)
        read.clear()
        saved.clear()
        self._requests_told = requests

    def is_repeated(self, walk: str, cursor: str) -> bool:
        """Whether *walk* was given *cursor* before in this slice: it leads in a circle."""
        met = (walk, cursor) in self._cursors
        self._cursors.add((walk, cursor))
        return met

    def _note(self) -> None:
        run = self._open_run()
        if run is None:
            if self._issues:
                self.lease.save(remarks=[*self.state.remarks, *self._issues][:200])
            return
        run.requests += self.wire.budget.requests - self._requests_noted
        self._requests_noted = self.wire.budget.requests
        _add(run.read, self._read)
        _add(run.saved, self._saved)
        run.issues = [*run.issues, *self._issues][:200]
        counts = {name: getattr(run, name) for name in ("requests", "read", "saved", "issues")}
        SyncRun.objects.filter(pk=run.pk).update(**counts)
        journal.write(run, self._lines)

    def _open_run(self) -> SyncRun | None:
        told = self.state.run_id or (self.state.resync_run if self.state.sweep in RESYNCED else None)
        if self._run is None or self._run.pk != told:
            self._run = SyncRun.objects.filter(pk=told).first() if told else None
        return self._run


def _add(held: dict[str, int], more: Mapping[str, int]) -> None:
    for stream, number in more.items():
        held[stream] = held.get(stream, 0) + number
