"""Stage B: read what is pending, many at once, and store it. A conversation leaves the list only when it is stored."""

from collections.abc import Sequence

from django.db.models import F

from integrations import store
from integrations.errors import NotFound, UnreadableObject
from integrations.models import Pending
from integrations.records import ConversationRecord, Unreadable
from integrations.store import Fetched
from integrations.sync import companies, dead, pending
from integrations.sync.pump import Got
from integrations.sync.slice import Slice
from sonora.conversations.models import Conversation
from sonora.core import clock

LOT = 256  # conversations marked as being tried at a time
ALONE = 3  # tries that never came back: the record may be what ends the process, so it is tried by itself
ASK_AGAIN = 3_600  # seconds between the two answers that say a conversation is gone
ODD_404 = 600  # seconds until one is asked for again that a server before Intercom does not find
LOST_MOST, LOST_SHARE = 20, 0.02  # more conversations gone at once than this is a fault, not deletions

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
    try:
        with work.wire.each(ids, lambda source, one: source.conversation(one)) as lots:
            for lot in lots:
                _store(work, lot)
                came.update(one.external_id for one in lot)
                if work.spent:
                    break
    finally:
        _unmark(work, [one for one in ids if one not in came])


def _unmark(work: Slice, ids: Sequence[str]) -> None:
    """These were not tried to the end, for a reason that is not theirs."""
    if ids:
        with work.commit():
            mine = Pending.objects.filter(connection_id=work.connection.pk, external_id__in=ids, attempts__gt=0)
            mine.update(attempts=F("attempts") - 1)


def _store(work: Slice, lot: Lot) -> None:
    fetched = [Fetched(one.answer.value, work.server_time(one.answer)) for one in lot if one.answer is not None]
    with work.commit():
        saved = store.save_conversations(work.holder, fetched)
        stored = {one.record.external_id: one.record.updated_at for one in fetched}
        pending.settle(work, stored)
        dead.settle(work, "conversations", stored)
        dead.keep(work, "messages", [odd for one in fetched for odd in one.record.unreadable])
        _set_aside(work, lot)
        _forget_gone(work, [one for one in lot if isinstance(one.error, NotFound)], any_answered=bool(fetched))
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


def _forget_gone(work: Slice, missing: Lot, *, any_answered: bool) -> None:
    """A conversation is gone when Intercom says so twice, an hour apart, while it answers for others.

    A 404 without a code of Intercom's is a page of some server before it, which knows nothing of conversations.
    """
    if not missing:
        return
    now = clock.now()
    mine = Pending.objects.filter(connection_id=work.connection.pk)
    said = mine.filter(external_id__in=[one.external_id for one in missing if one.error and one.error.code])
    twice = list(said.filter(gone_at__lte=now - ASK_AGAIN).values_list("external_id", flat=True))
    said.filter(gone_at__isnull=True).update(gone_at=now)
    for one in mine.filter(external_id__in=[one.external_id for one in missing]):
        mine.filter(pk=one.pk).update(attempts=0, not_before=now + _patience(one, now))
    held = Conversation.objects.filter(connection_id=work.connection.pk, deleted_at__isnull=True).count()
    if len(twice) > max(LOST_MOST, LOST_SHARE * held):
        work.issue(
            f"Intercom says that {len(twice)} conversations are gone. That is too many to believe: they are kept."
        )
    elif twice and any_answered:
        store.delete_conversations(work.holder, twice, at=now)
        pending.drop(work, twice)


def _patience(missing: Pending, now: int) -> int:
    """Seconds until it is asked for again: soon, as a replica may not know yet what is new, then less often."""
    if missing.gone_at is None:
        return ODD_404
    return max(5, min(ASK_AGAIN, now - missing.gone_at))
