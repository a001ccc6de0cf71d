"""Which contacts are there at all: one that two complete walks did not meet is asked for, and may be gone or merged."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from integrations import store
from integrations.errors import Merged, NotFound, RequestRefused, UnreadableObject
from integrations.records import Answer, ContactRecord, Unreadable
from integrations.sync import contacts, dead, streams, suspects
from integrations.sync.pump import Got
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule
from sonora.people.models import Contact

LOT = 150
WALKED = -1  # the frontier of a walk that is over: what it did not meet is to be asked for


def read(work: Slice) -> None:
    """One page of the walk, or one lot of those that it did not meet."""
    if work.state.sweep_frontier == WALKED:
        _ask_for_absent(work)
    else:
        _walk_on(work)


def _walk_on(work: Slice) -> None:
    cursor = work.state.sweep_cursor
    try:
        answer = work.ask(lambda source: source.contacts(cursor))
    except (RequestRefused, NotFound):
        if not cursor:
            raise
        return schedule.put_off(work)  # a cursor that is refused: the next walk begins at the beginning
    page = answer.value
    if page.next and work.is_repeated("contacts", page.next):
        return schedule.put_off(work)
    began = work.state.sweep_frontier or work.server_time(answer)
    contacts.save_page(work, answer, columns={"sweep_frontier": began, "sweep_cursor": page.next})
    if not page.next:
        with work.commit(sweep_frontier=WALKED):
            streams.was_whole(work, "contacts", began=began)
    return None


def _absent(work: Slice) -> QuerySet[Contact]:
    """Whom neither the walk before nor the last one met: those were not read since the former began."""
    mine = Contact.objects.present().filter(connection_id=work.connection.pk)
    since = streams.whole_before(work, "contacts")
    return mine.none() if since is None else mine.filter(fetched_at__lt=since)


@dataclass(slots=True)
class _Sorted:
    """What came for each of a lot of absent contacts."""

    found: list[tuple[ContactRecord, int]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)  # → the survivor
    unreadable: list[Unreadable] = field(default_factory=list)


def _ask_for_absent(work: Slice) -> None:
    absent = sorted(_absent(work).values_list("external_id", flat=True))
    held = Contact.objects.present().filter(connection_id=work.connection.pk).count()
    with work.commit():
        is_over = not absent or suspects.too_many(work, "contacts", len(absent), held=held)
    if not is_over:
        came = _sorted(work, _asked(work, absent[:LOT]))
        _apply(work, came)
        is_over = len(absent) <= LOT or not (came.found or came.gone or came.merged)
    if is_over:
        with work.commit(**schedule.done(work.state)):
            pass


def _asked(work: Slice, external_ids: Sequence[str]) -> list[Got[ContactRecord]]:
    with work.wire.each(external_ids, lambda source, one: source.contact(one)) as lots:
        return [one for lot in lots for one in lot]


def _sorted(work: Slice, came: Sequence[Got[ContactRecord]]) -> _Sorted:
    sorted_ = _Sorted()
    for one in came:
        if one.answer is not None:
            sorted_.found.append((one.answer.value, work.server_time(one.answer)))
        elif isinstance(one.error, Merged) and one.error.survivor:
            sorted_.merged[one.external_id] = one.error.survivor
        elif isinstance(one.error, NotFound) and one.error.code:
            sorted_.gone.append(one.external_id)
        elif isinstance(one.error, UnreadableObject):
            odd = Unreadable(external_id=one.external_id, error=str(one.error), raw=one.error.raw)
            sorted_.unreadable.append(odd)
    return sorted_


def _apply(work: Slice, came: _Sorted) -> None:
    survivors = [_survivor(work, one) for one in sorted(set(came.merged.values()))]
    with work.commit():
        for record, at in [*came.found, *((one.value, work.server_time(one)) for one in survivors if one is not None)]:
            store.save_contacts(work.holder, [record], at=at)
        at = work.state.watermark or 0
        for external_id, survivor in came.merged.items():
            store.merge_contact(work.holder, external_id, into=survivor, at=at)
        work.count("deletions", saved=store.delete_contacts(work.holder, came.gone, at=at))
        dead.keep(work, "contacts", came.unreadable)


def _survivor(work: Slice, external_id: str) -> Answer[ContactRecord] | None:
    try:
        return work.ask(lambda source: source.contact(external_id))
    except NotFound:
        return None
