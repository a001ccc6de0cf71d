"""Which conversations are still to be read: noted with the frontier in one transaction, gone only when stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest, Least

from integrations.models import Pending
from integrations.records import ConversationSeen
from integrations.sync import poison
from integrations.sync.slice import Slice
from integrations.sync.windows import Held, is_wanted
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.core.upsert import upsert

CHANGED, OPEN, CLOSED, SWEPT, AGAIN = range(5)  # priorities: what changed just now first, then what is open
BEHIND = 5  # seconds until a conversation that came back older than it was seen is read again
BEHIND_MOST = 5  # how often
MANY = 256
LONGEST = 7_200  # seconds: what is put off for longer was put off before our clock went back
LOT = 1_000  # names in one question to the database, which takes only so many


def note(work: Slice, seen: Sequence[ConversationSeen], *, target: int, priority: int) -> dict[str, int]:
    """Note those of *seen* that must be read, inside the transaction that moves the frontier.

    Returns what no earlier answer had shown: id → when it changed (the provider's Unix seconds).
    """
    fresh: dict[str, int] = {}
    for start in range(0, len(seen), LOT):
        fresh |= _note_lot(work, seen[start : start + LOT], target=target, priority=priority)
    return fresh


def _note_lot(work: Slice, seen: Sequence[ConversationSeen], *, target: int, priority: int) -> dict[str, int]:
    held = _held(work, [one.external_id for one in seen])
    wanted = {
        one.external_id: min(one.updated_at if one.updated_at is not None else target, target)
        for one in seen
        if is_wanted(one.updated_at, held.get(one.external_id), target=target)
    }
    noted = _raise_noted(work, wanted, priority)
    ask(work, wanted, priority=priority)
    return {one: changed for one, changed in wanted.items() if one not in noted and _is_news(held.get(one), changed)}


def ask(work: Slice, versions: Mapping[str, int], *, priority: int) -> None:
    """Put conversations on the list (id → the version to expect, at least), unless they are on it already."""
    poisonous = poison.known(work, versions) if versions else {}
    rows = [
        {
            **work.holder.owner,
            "external_id": one,
            "seen_updated_at": version,
            "priority": priority,
            "attempts": poison.TRIES if one in poisonous else 0,
        }
        for one, version in versions.items()
        if one not in poisonous or not poisonous[one].rests(version)
    ]
    upsert(Pending, rows, key=("connection_id", "external_id"), update=())


def due(work: Slice, *, most: int, besides: Collection[str] = ()) -> list[Pending]:
    """What to read next, at most *most*: by priority, the newest change first. *besides* is under way already."""
    queued = _ready(work).exclude(external_id__in=besides) if besides else _ready(work)
    return list(queued.order_by("priority", "-seen_updated_at", "external_id")[:most])


def is_due(work: Slice) -> bool:
    """Whether anything is to be read now."""
    return _ready(work).exists()


def is_many(work: Slice) -> bool:
    """Whether enough is waiting to keep the line busy for a while."""
    return _ready(work)[:MANY].count() >= MANY


def _ready(work: Slice) -> QuerySet[Pending]:
    now = clock.now()
    is_time = Q(not_before__lte=now) | Q(not_before__gt=now + LONGEST)
    return Pending.objects.filter(is_time, connection_id=work.connection.pk)


def settle(work: Slice, stored: Mapping[str, int | None]) -> None:
    """Take off the list what is stored in a version at least as new as was seen (external id → its `updated_at`)."""
    mine = Pending.objects.filter(connection_id=work.connection.pk)
    queued = list(mine.filter(external_id__in=list(stored)).values_list("external_id", "seen_updated_at"))
    done = [one for one, seen in queued if (version := stored[one]) is None or version >= seen]
    mine.filter(external_id__in=done).delete()
    if older := [one for one, _ in queued if one not in set(done)]:
        _ask_again(work, older)


def _ask_again(work: Slice, external_ids: Sequence[str]) -> None:
    """They came back older than a search had shown them: that replica was behind. But they are there."""
    behind = Pending.objects.filter(connection_id=work.connection.pk, external_id__in=external_ids)
    behind.update(stale=F("stale") + 1, attempts=0, gone_at=None, not_before=clock.now() + BEHIND)
    given_up, _ = behind.filter(stale__gte=BEHIND_MOST).delete()
    if given_up:
        work.issue(f"{given_up} conversations came back older than Intercom's search had shown them, five times.")


def drop(work: Slice, external_ids: Iterable[str]) -> None:
    """Take *external_ids* off the list: they are deleted, or kept as dead letters."""
    if listed := list(external_ids):
        Pending.objects.filter(connection_id=work.connection.pk, external_id__in=listed).delete()


def _is_news(held: Held | None, changed: int) -> bool:
    return held is None or held.updated_at is None or held.updated_at < changed


def _raise_noted(work: Slice, wanted: Mapping[str, int], priority: int) -> set[str]:
    """What is on the list already: keep the newer of the two changes and the more urgent of the two priorities.

    What changed since it was not found is there: it is read at once, and two answers must say anew that it is gone.
    """
    known: set[str] = set()
    noted = Pending.objects.filter(connection_id=work.connection.pk, external_id__in=list(wanted))
    for one in noted.only("external_id", "seen_updated_at", "priority"):
        is_newer = one.seen_updated_at < wanted[one.external_id]
        if one.priority > priority or is_newer:
            noted.filter(pk=one.pk).update(
                seen_updated_at=Greatest(F("seen_updated_at"), wanted[one.external_id]),
                priority=Least(F("priority"), priority),
                **({"not_before": 0, "gone_at": None} if is_newer else {}),
            )
        known.add(one.external_id)
    return known


def _held(work: Slice, external_ids: Sequence[str]) -> dict[str, Held]:
    rows = Conversation.objects.filter(connection_id=work.connection.pk, external_id__in=external_ids)
    return {one: Held(u, f) for one, u, f in rows.values_list("external_id", "updated_at", "fetched_at")}
