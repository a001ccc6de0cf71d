"""What the provider says there is, against what is held here, and why the two differ."""

from dataclasses import dataclass

from django.db.models import F

from integrations.models import Connection, DeadLetter
from integrations.snapshot import PERMISSION_OF, Reading
from sonora.conversations.models import Conversation

TITLES = {
    "conversations": "Conversations",
    "contacts": "People",
    "companies": "Companies",
    "teammates": "Teammates",
    "tags": "Tags",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stream. `said` is None when the provider did not count; `still_to_come` is None where that is not known."""

    stream: str
    title: str
    said: int | None
    said_at: int | None
    held: int
    still_to_come: int | None
    why: str

    @property
    def balances(self) -> bool:
        return self.said is not None and self.said == self.held


def entries(reading: Reading) -> list[Entry]:
    """The ledger of a connection, one entry a stream."""
    return [_entry(reading, stream, title) for stream, title in TITLES.items()]


def _entry(reading: Reading, stream: str, title: str) -> Entry:
    row = reading.streams.get(stream)
    said, here = (row.said if row else None), reading.counts[stream]
    return Entry(
        stream=stream,
        title=title,
        said=said,
        said_at=row.said_at if row else None,
        held=here,
        still_to_come=_still_to_come(reading, stream, said=said, here=here),
        why="balances" if said == here else _why(reading, stream, said=said, here=here),
    )


def _still_to_come(reading: Reading, stream: str, *, said: int | None, here: int) -> int | None:
    """Of conversations the provider counts those before the lookback too; what is pending is what is still to come."""
    if stream == "conversations" and reading.connection.lookback_days is not None:
        return reading.pending if reading.backfill_done else None
    return None if said is None else max(0, said - here)


def _why(reading: Reading, stream: str, *, said: int | None, here: int) -> str:
    permission = PERMISSION_OF.get(stream, stream)
    if permission in reading.seen.missing:
        return "not allowed for this token"
    if permission in reading.seen.plan:
        return f"not in your {reading.seen.provider} plan"
    row = reading.streams.get(stream)
    if row is not None and row.off_reason:
        return f"{reading.seen.provider} refused the request"
    if not reading.seen.initial_done:
        return "reading, newest first" if stream == "conversations" else "reading"
    if said is None:
        return f"{reading.seen.provider} gives no total"
    return _difference(reading, stream, more=said - here)


def _difference(reading: Reading, stream: str, *, more: int) -> str:
    unreadable = DeadLetter.objects.filter(connection=reading.connection, stream=stream).count()
    if unreadable and more <= unreadable:
        return f"{unreadable} could not be read"
    if stream == "conversations" and more > 0 and reading.connection.lookback_days is not None:
        return f"{more:,} closed before the lookback"
    return "changed since it was counted"


def truncated(connection: Connection) -> int:
    """How many conversations have more messages than the provider hands out."""
    return Conversation.objects.present().filter(connection=connection, parts_total__gt=F("parts_held")).count()
