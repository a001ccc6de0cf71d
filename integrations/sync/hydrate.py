"""Stage B: read what is pending, many at once, and store it. A conversation leaves the list only when it is stored."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError

from integrations import store
from integrations.errors import ProviderError, UnreadableObject
from integrations.records import ConversationRecord, Unreadable
from integrations.store import Fetched
from integrations.sync import companies, dead, drift, failing, gone, pending, tries
from integrations.sync.budget import MustWait
from integrations.sync.pump import ROOM, Got, Pump
from integrations.sync.slice import Slice
from sonora.core.again import repeated

LOT = 256  # conversations marked as being tried at a time
# What ends the reading without saying anything of the records in it. Whatever else does may lie in one of them.
OTHERWISE = (ProviderError, MustWait, OperationalError, InterfaceError)
SOON = 5.0  # seconds within which what is in flight when the slice ends may still come

Lot = Sequence[Got[ConversationRecord]]


def read(work: Slice, *, most: int = sys.maxsize, meanwhile: Callable[[Slice], None] = lambda _: None) -> None:
    """Read and store what is due until nothing is, the time is over, or *most* are read.

    *meanwhile* is called where few more are due while answers are under way: it may find some.
    """
    reading = _Reading(work, left=most)
    try:
        with work.wire.line(lambda source, one: source.conversation(one)) as reading.line:
            _keep_reading(reading, meanwhile)
            failing.put_off(work, reading.unanswered)
    except OTHERWISE:
        tries.take_back(work, reading.untried)
        raise
    tries.take_back(work, reading.under_way)


def _keep_reading(reading: "_Reading", meanwhile: Callable[[Slice], None]) -> None:
    try:
        while reading.goes_on():
            if reading.runs_short:
                meanwhile(reading.work)
            reading.take()
    except (ProviderError, MustWait):
        reading.end()
        raise
    reading.end()


@dataclass(slots=True)
class _Reading:
    """A line that is kept full: what is under way on it, and how many more may be."""

    work: Slice
    left: int
    line: Pump[ConversationRecord] = field(init=False)
    under_way: set[str] = field(default_factory=set)
    unanswered: Lot = ()
    runs_short: bool = False  # less was due than the line has room for
    is_alone: bool = False  # what is under way may end the process: nothing goes out beside it

    def goes_on(self) -> bool:
        """Hand more to the line if it has room. Whether anything is under way and there is time for it."""
        if self.work.spent or self.line.is_drained:
            return False
        self.is_alone = self.is_alone and bool(self.under_way)
        self.runs_short = False
        if len(self.under_way) <= LOT // 2 and self.left and not self.is_alone:
            self._hand_out(min(LOT, self.left))
        return bool(self.under_way)

    def take(self, wait: float | None = None) -> None:
        """Store what has come."""
        lot = self.line.take(min(ROOM, len(self.under_way)), wait=wait)
        if lot:
            _store(self.work, lot)
        self.unanswered = [*self.unanswered, *failing.failing_of(lot)]
        self.under_way.difference_update(one.external_id for one in lot)

    def end(self) -> None:
        """Ask no more, and store what is in flight."""
        self.line.stop()
        until = time.monotonic() + SOON
        while self.under_way and not self.line.is_drained and (left := until - time.monotonic()) > 0:
            self.take(left)

    @property
    def untried(self) -> set[str]:
        """What was begun and not read to its end."""
        return self.under_way | {one.external_id for one in self.unanswered}

    def _hand_out(self, size: int) -> None:
        waiting = pending.due(self.work, most=size, besides=self.untried)
        self.runs_short = len(waiting) < size
        self.is_alone = bool(tries.suspects(waiting))
        if self.is_alone and self.under_way:
            return
        lot = tries.begin(self.work, waiting)
        self.line.add(lot)
        self.under_way.update(lot)
        self.left -= len(lot)


def _store(work: Slice, lot: Lot) -> None:
    fetched = [Fetched(one.answer.value, work.server_time(one.answer)) for one in lot if one.answer is not None]
    missing = gone.missing_of(lot)
    is_answered = bool(fetched) or gone.is_answering(work, missing)
    _write(work, lot, fetched, missing, is_answered=is_answered)


@repeated
def _write(
    work: Slice, lot: Lot, fetched: Sequence[Fetched[ConversationRecord]], missing: Lot, *, is_answered: bool
) -> None:
    with work.commit():
        saved = store.save_conversations(work.holder, fetched)
        stored = {one.record.external_id: one.record.updated_at for one in fetched}
        pending.settle(work, stored)
        dead.settle(work, "conversations", stored)
        dead.keep_messages(work, [one.record for one in fetched])
        drift.note(work, "conversations", [word for one in fetched for word in one.record.unknown])
        _set_aside(work, lot)
        gone.forget(work, missing, is_answered=is_answered)
        if saved.unknown_companies:
            companies.owe(work)
        work.count("conversations", read=saved.read, saved=saved.changed)
        work.count("messages", read=sum(len(one.record.messages) for one in fetched), saved=saved.messages)


def _set_aside(work: Slice, lot: Lot) -> None:
    unreadable = [
        Unreadable(external_id=one.external_id, error=str(one.error), raw=one.error.raw)
        for one in lot
        if isinstance(one.error, UnreadableObject)
    ]
    dead.keep(work, "conversations", unreadable)
    pending.drop(work, [one.external_id for one in unreadable])
