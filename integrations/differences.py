"""Why the provider's count of a stream and ours differ: each reason is counted in the rows, and what is left has none.

A count is of one moment, and rows go on changing. Some reasons are certain; others hold for *up to* so many objects
(whether one of them was in the provider's count, nobody can tell), and explain only what the certain ones leave.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from integrations import held
from integrations.models import Connection, DeadLetter, Pending, StreamState
from integrations.snapshot import Reading
from integrations.sync import outside
from integrations.sync.runs import OVERLAP
from sonora.conversations.models import Conversation, Tag, Teammate
from sonora.core import words
from sonora.customers.models import Company
from sonora.people.models import Contact

MODELS: dict[str, Any] = {
    "conversations": Conversation,
    "contacts": Contact,
    "companies": Company,
    "teammates": Teammate,
    "tags": Tag,
}
UNEXPLAINED = "unexplained"
STILL_TO_COME = ("pending", "named_only")
Counted = Iterable[tuple[str, int]]  # reason, and how many more the provider has for it (fewer: negative)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One reason: `count` is how many more the provider counts because of it; negative, how many more Sonora holds."""

    reason: str
    count: int
    words: str


def between(reading: Reading, stream: str, *, said: int, said_at: int) -> list[Difference]:
    """What *said*, counted at *said_at* (Unix seconds), and what is held now differ by; the counts add up to it."""
    left = said - reading.counts[stream]
    found: dict[str, int] = {}
    for reason, count in _certain(reading, stream, said_at):
        found[reason], left = count, left - count
    for reason, most in _possible(reading, stream, said_at) if left else ():
        if left * most > 0:
            taken = min(left, most) if most > 0 else max(left, most)
            found[reason], left = found.get(reason, 0) + taken, left - taken
    found[UNEXPLAINED] = left
    return [_told(reading, reason, count) for reason, count in found.items() if count]


def _certain(reading: Reading, stream: str, at: int) -> Counted:
    connection = reading.connection
    if stream == "conversations":
        yield "before_lookback", _before_lookback(reading) or 0
        yield "pending", _pending(connection).filter(seen_updated_at__lte=at).count()
    yield "dead_letters", _unread(connection, stream).filter(first_at__lte=at).count()
    yield "created_since", -held.KINDS[stream](connection).filter(created_at__gt=at).count()


def _possible(reading: Reading, stream: str, at: int) -> Counted:
    """Each with the sign of the difference that it can explain."""
    connection = reading.connection
    here, mine = held.KINDS[stream](connection), MODELS[stream].objects.filter(connection=connection)
    if stream == "conversations":
        yield "pending", _pending(connection).filter(seen_updated_at__gt=at).count()
        yield "reopened_since", -_back_in_reach(reading, here)
        yield "index_lag", -here.filter(created_at__gt=at - OVERLAP, created_at__lte=at).count()
        yield "index_lag", mine.filter(deleted_at__gt=at - OVERLAP, deleted_at__lte=at).count()
    yield "dead_letters", _unread(connection, stream).filter(first_at__gt=at).count()
    yield "deleted_since", mine.filter(deleted_at__gt=at).count()
    if stream == "tags":
        yield "created_since", -here.filter(fetched_at__isnull=True).count()
    elif stream in ("contacts", "companies"):
        yield "named_only", mine.filter(fetched_at__isnull=True, deleted_at__isnull=True).count()


def _before_lookback(reading: Reading) -> int | None:
    counted = reading.streams.get(outside.stream_of(reading.state))
    return counted.said if counted is not None else None


def _back_in_reach(reading: Reading, here: "QuerySet[Conversation]") -> int:
    """Old conversations that changed since those before the lookback were counted, and may have been among them."""
    edge = outside.edge_of(reading.state)
    counted: StreamState | None = reading.streams.get(outside.stream_of(reading.state))
    if edge is None or counted is None:
        return 0
    return here.filter(created_at__lt=edge, updated_at__gt=counted.said_at or 0).count()


def _pending(connection: Connection) -> "QuerySet[Pending]":
    """What is still to be read and not held in any version; what could not be read once counts as a dead letter."""
    letters = DeadLetter.objects.filter(
        connection=connection, stream="conversations", external_id=OuterRef("external_id")
    )
    held_so = held.KINDS["conversations"](connection).filter(external_id=OuterRef("external_id"))
    return Pending.objects.filter(~Exists(held_so), ~Exists(letters), connection=connection)


def _unread(connection: Connection, stream: str) -> "QuerySet[DeadLetter]":
    """The dead letters of *stream* whose object is not held, not even as it was before."""
    here = held.KINDS[stream](connection).filter(external_id=OuterRef("external_id"))
    return DeadLetter.objects.filter(Q(~Exists(here)), connection=connection, stream=stream)


def _told(reading: Reading, reason: str, count: int) -> Difference:
    provider, number = reading.seen.provider, words.thousands(abs(count))
    texts = {
        "before_lookback": f"{number} closed before the lookback",
        "pending": f"{number} waiting to be read",
        "dead_letters": f"{number} could not be read",
        "created_since": f"{number} new since it was counted",
        "reopened_since": f"{number} reopened since it was counted",
        "index_lag": f"{number} not yet in {provider}'s index" if count < 0 else f"{number} still in its index",
        "deleted_since": f"{number} deleted since it was counted",
        "named_only": f"{number} named by others, not given by {provider} yet",
        UNEXPLAINED: f"{number} missing for no known reason"
        if count > 0
        else f"{number} more here than {provider} counts",
    }
    return Difference(reason=reason, count=count, words=texts[reason])
