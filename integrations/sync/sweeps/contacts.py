"""Which contacts are there at all: one that two complete walks did not meet is asked for, and may be gone or merged.

So is one that no list ever showed and only conversations name: it may have been merged before Sonora came.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from integrations import store
from integrations.errors import Merged, NotFound, ProviderUnavailable, RequestRefused, UnreadableObject
from integrations.records import Answer, ContactRecord, Page, Unreadable
from integrations.sync import contacts, dead, streams, suspects
from integrations.sync.pump import Got
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule
from sonora.people.models import Contact

LOT = 150
HOPS = 3  # from one merged contact to the next
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
    if page.next and _is_circle(work, page):
        return schedule.put_off(work)
    began, begun = work.state.sweep_frontier or work.server_time(answer), work.state.sweep_begun_at
    contacts.save_page(work, answer, columns={"sweep_frontier": began, "sweep_cursor": page.next})
    if not page.next:
        with work.commit(sweep_frontier=WALKED):
            streams.was_whole(work, "contacts", began=began)
            dead.expire(work, "contacts", before=begun)
    return None


def _is_circle(work: Slice, page: Page[ContactRecord]) -> bool:
    """Whether the walk met this place before: the same cursor, or the same contacts under another one."""
    contents = " ".join(row.external_id for row in [*page.rows[:1], *page.rows[-1:]])
    cursor_met = work.is_repeated("contacts", page.next)
    return cursor_met or (bool(contents) and work.is_repeated("contacts", contents))


def _absent(work: Slice) -> QuerySet[Contact]:
    """Whom neither the walk before nor the last one met: those were not read since the former began."""
    mine = Contact.objects.present().filter(connection_id=work.connection.pk)
    since = streams.whole_before(work, "contacts")
    return mine.none() if since is None else mine.filter(fetched_at__lt=since)


def _only_named(work: Slice) -> QuerySet[Contact]:
    """Whom conversations name and no list has shown."""
    mine = Contact.objects.filter(connection_id=work.connection.pk)
    return mine.filter(fetched_at__isnull=True, deleted_at__isnull=True)


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
        is_held_back = suspects.too_many(work, "contacts", len(absent), held=held)
    named = _only_named(work).order_by("external_id").values_list("external_id", flat=True)
    wanted = [*([] if is_held_back else absent), *named[: LOT + 1]]
    is_over = not wanted
    if not is_over:
        came = _sorted(work, _asked(work, wanted[:LOT]))
        _apply(work, came)
        is_over = len(wanted) <= LOT or not (came.found or came.gone or came.merged)
    if is_over:
        with work.commit(**schedule.done(work.state)):
            pass


def _asked(work: Slice, external_ids: Sequence[str]) -> list[Got[ContactRecord]]:
    with work.wire.each(external_ids, lambda source, one: source.contact(one)) as lots:
        came = [one for lot in lots for one in lot]
    if any(isinstance(one.error, ProviderUnavailable) for one in came):
        work.ask(lambda source: source.identity())  # raises when it is not theirs
    return came


def _sorted(work: Slice, came: Sequence[Got[ContactRecord]]) -> _Sorted:
    sorted_ = _Sorted()
    for one in came:
        if one.answer is not None:
            sorted_.found.append((one.answer.value, work.server_time(one.answer)))
        elif isinstance(one.error, Merged) and one.error.survivor:
            _follow(work, sorted_, one.external_id, one.error.survivor)
        elif isinstance(one.error, NotFound) and one.error.code:
            sorted_.gone.append(one.external_id)
        elif isinstance(one.error, UnreadableObject):
            odd = Unreadable(external_id=one.external_id, error=str(one.error), raw=one.error.raw)
            sorted_.unreadable.append(odd)
    return sorted_


def _follow(work: Slice, sorted_: _Sorted, external_id: str, survivor: str) -> None:
    """Who *external_id* lives on as; one whose survivor is not there either is gone."""
    try:
        answer = _survivor(work, survivor)
    except UnreadableObject:
        return  # there, and not to be read: nothing is said of either
    if answer is None:
        sorted_.gone.append(external_id)
        return
    sorted_.merged[external_id] = answer.value.external_id
    sorted_.found.append((answer.value, work.server_time(answer)))


def _survivor(work: Slice, external_id: str, hops: int = HOPS) -> Answer[ContactRecord] | None:
    try:
        return work.ask(lambda source: source.contact(external_id))
    except Merged as error:
        return _survivor(work, error.survivor, hops - 1) if error.survivor and hops else None
    except NotFound:
        return None


def _apply(work: Slice, came: _Sorted) -> None:
    at = work.state.watermark or 0
    with work.commit():
        for record, read_at in came.found:
            store.save_contacts(work.holder, [record], at=read_at)
        for external_id, survivor in came.merged.items():
            store.merge_contact(work.holder, external_id, into=survivor, at=at)
        work.count("deletions", saved=store.delete_contacts(work.holder, came.gone, at=at))
        dead.settle(work, "contacts", [*came.gone, *came.merged, *(record.external_id for record, _ in came.found)])
        dead.keep(work, "contacts", came.unreadable)
