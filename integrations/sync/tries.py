"""How often reading a conversation was begun, counted beforehand: the count outlives the process that dies of it.

A record that is never read to its end may be what ends the process. It is read by itself, then set aside.
"""

from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet

from integrations.models import Pending
from integrations.records import Unreadable
from integrations.sync import dead, pending, poison
from integrations.sync.slice import Slice


def suspects(waiting: Sequence[Pending]) -> Sequence[Pending]:
    """Those of *waiting* that may be what ended the process."""
    return [one for one in waiting if one.attempts >= poison.TRIES]


def begin(work: Slice, waiting: Sequence[Pending]) -> list[str]:
    """Count a try of *waiting*, or of its first suspect alone; returns whom. Sets aside what was alone already."""
    suspected = suspects(waiting)
    if suspected and suspected[0].attempts > poison.TRIES:
        letter = Unreadable(external_id=suspected[0].external_id, error="Reading it ended the worker three times.")
        with work.commit():
            set_aside(work, [letter])
        return []
    ids = [one.external_id for one in suspected[:1] or waiting]
    if ids:
        with work.commit():
            _mine(work, ids).update(attempts=F("attempts") + 1)
    return ids


def set_aside(work: Slice, letters: Sequence[Unreadable]) -> None:
    """Keep *letters* about conversations that nothing came of, with the change that was seen. Inside a transaction."""
    dead.keep(work, "conversations", letters)
    ids = [one.external_id for one in letters]
    for external_id, seen in _mine(work, ids).values_list("external_id", "seen_updated_at"):
        poison.remember(work, external_id, seen_updated_at=seen)
    pending.drop(work, ids)


def take_back(work: Slice, external_ids: Iterable[str]) -> None:
    """These were not tried to the end, for a reason that is not theirs."""
    if ids := sorted(external_ids):
        with work.commit():
            _mine(work, ids).filter(attempts__gt=0).update(attempts=F("attempts") - 1)


def _mine(work: Slice, external_ids: Sequence[str]) -> QuerySet[Pending]:
    return Pending.objects.filter(connection_id=work.connection.pk, external_id__in=external_ids)
