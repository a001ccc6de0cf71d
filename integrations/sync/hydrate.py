"""Stage B: read what is pending, many at once, and store it. A conversation leaves the list only when it is stored."""

from collections.abc import Sequence

from django.db import InterfaceError, OperationalError
from django.db.models import F

from integrations import store
from integrations.errors import ProviderError, UnreadableObject
from integrations.models import Pending
from integrations.records import ConversationRecord, Unreadable
from integrations.store import Fetched
from integrations.sync import companies, dead, failing, gone, pending
from integrations.sync.again import repeated
from integrations.sync.budget import MustWait
from integrations.sync.pump import Got
from integrations.sync.slice import Slice

LOT = 256  # conversations marked as being tried at a time
ALONE = 3  # tries that never came back: the record may be what ends the process, so it is tried by itself

# What ends a lot without saying anything of the records in it. Whatever else does may lie in one of them.
OTHERWISE = (ProviderError, MustWait, OperationalError, InterfaceError)

Lot = Sequence[Got[ConversationRecord]]


def read(work: Slice, *, most: int | None = None) -> None:
    """Read and store what is due until nothing is, the time is over, or *most* are read."""
    left = most
    while not work.spent and (left is None or left > 0):
        waiting = pending.due(work, most=min(LOT, left) if left else LOT)
        lot = _not_poison(work, waiting)
        if not waiting:
            return
        if lot:
            _read_lot(work, lot)
        left = None if left is None else left - len(lot)


def _not_poison(work: Slice, waiting: Sequence[Pending]) -> list[str]:
    """Mark a lot as being tried, in a transaction of its own: the mark must outlive the process that dies of it."""
    suspects = [one for one in waiting if one.attempts >= ALONE]
    lot = suspects[:1] or waiting
    if suspects and suspects[0].attempts > ALONE:
        with work.commit():
            poison = Unreadable(external_id=suspects[0].external_id, error="Reading it ended the worker three times.")
            dead.keep(work, "conversations", [poison])
            pending.drop(work, [poison.external_id])
        return []
    ids = [one.external_id for one in lot]
    with work.commit():
        Pending.objects.filter(connection_id=work.connection.pk, external_id__in=ids).update(attempts=F("attempts") + 1)
    return ids


def _read_lot(work: Slice, ids: Sequence[str]) -> None:
    came: set[str] = set()
    unanswered: list[Got[ConversationRecord]] = []
    try:
        with work.wire.each(ids, lambda source, one: source.conversation(one)) as lots:
            for lot in lots:
                _store(work, lot)
                unanswered += failing.failing_of(lot)
                came.update(one.external_id for one in lot if one not in unanswered)
                if work.spent:
                    break
        failing.put_off(work, unanswered)
        came.update(one.external_id for one in unanswered)
    except OTHERWISE:
        _unmark(work, [one for one in ids if one not in came])
        raise
    _unmark(work, [one for one in ids if one not in came])


def _unmark(work: Slice, ids: Sequence[str]) -> None:
    """These were not tried to the end, for a reason that lies not in them."""
    if ids:
        with work.commit():
            mine = Pending.objects.filter(connection_id=work.connection.pk, external_id__in=ids, attempts__gt=0)
            mine.update(attempts=F("attempts") - 1)


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
