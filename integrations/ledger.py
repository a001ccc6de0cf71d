"""What the provider says there is, against what is held here, and why the two differ."""

from dataclasses import dataclass, replace

from integrations import differences
from integrations.differences import UNEXPLAINED, Difference
from integrations.snapshot import PERMISSION_OF, Reading
from sonora.core import words

TITLES = {
    "conversations": "Conversations",
    "contacts": "People",
    "companies": "Companies",
    "teammates": "Teammates",
    "tags": "Tags",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stream. `said` is None when the provider did not count; `still_to_come` is None where that is not known.

    `differences` add up to said − held. They are not looked for while the stream cannot be compared: then `reason`
    names why (`not_allowed`, `plan`, `refused`, `reading` or `no_total`).
    """

    stream: str
    title: str
    held: int
    why: str
    said: int | None = None
    said_at: int | None = None
    still_to_come: int | None = None
    reason: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def balances(self) -> bool:
        return self.said is not None and self.said == self.held

    @property
    def unexplained(self) -> int:
        """How many more the provider counts (fewer: negative) without a reason that is known."""
        return sum(one.count for one in self.differences if one.reason == UNEXPLAINED)

    @property
    def accounted_for(self) -> bool:
        """Whether nothing is missing or too much without a reason."""
        return not self.reason and self.unexplained == 0


def entries(reading: Reading) -> list[Entry]:
    """The ledger of a connection, one entry a stream."""
    return [_entry(reading, stream, title) for stream, title in TITLES.items()]


def of_messages(reading: Reading) -> Entry:
    """The messages of the conversations that are held: all but these two kinds came, and what came is held."""
    here, parts = reading.counts["messages"], reading.parts
    if not reading.seen.initial_done:
        return Entry(stream="messages", title="Messages", held=here, why="reading", reason="reading")
    lost = (
        ("not_retrievable", parts.not_retrievable, f"not given by {reading.seen.provider} any more"),
        ("dead_letters", parts.unreadable, "could not be read"),
    )
    found = tuple(
        Difference(reason=reason, count=count, words=f"{words.thousands(count)} {why}")
        for reason, count, why in lost
        if count
    )
    return Entry(
        stream="messages",
        title="Messages",
        said=here + parts.said - parts.held,
        said_at=None,
        held=here,
        still_to_come=0,
        why=", ".join(one.words for one in found) or "balances",
        differences=found,
    )


def _entry(reading: Reading, stream: str, title: str) -> Entry:
    row, here = reading.streams.get(stream), reading.counts[stream]
    said, said_at = (row.said, row.said_at) if row else (None, None)
    reason, why = _incomparable(reading, stream, said)
    found: tuple[Difference, ...] = ()
    if not reason and said is not None and said != here:
        found = tuple(differences.between(reading, stream, said=said, said_at=said_at or 0))
        why = ", ".join(one.words for one in found)
    entry = Entry(
        stream=stream,
        title=title,
        said=said,
        said_at=said_at,
        held=here,
        why=why,
        reason=reason,
        differences=found,
    )
    return replace(entry, still_to_come=_still_to_come(reading, entry))


def _incomparable(reading: Reading, stream: str, said: int | None) -> tuple[str, str]:
    """Why the two counts cannot be compared, as a key and in words; empty when they can."""
    permission, row = PERMISSION_OF.get(stream, stream), reading.streams.get(stream)
    if permission in reading.seen.missing:
        return "not_allowed", "not allowed for this token"
    if permission in reading.seen.plan:
        return "plan", f"not in your {reading.seen.provider} plan"
    if row is not None and row.off_reason:
        return "refused", f"{reading.seen.provider} refused the request"
    if not reading.seen.initial_done and said != reading.counts[stream]:
        return "reading", "reading, newest first" if stream == "conversations" else "reading"
    if said is None:
        return "no_total", f"{reading.seen.provider} gives no total"
    return "", "balances"


def _still_to_come(reading: Reading, entry: Entry) -> int | None:
    """What is known to be missing and will be read; before the first sync is done, all that is not here yet.

    Of conversations the provider counts those before the lookback too, which never come.
    """
    is_conversations = entry.stream == "conversations"
    if entry.reason == "reading":
        is_cut = is_conversations and reading.connection.lookback_days is not None
        return None if entry.said is None or is_cut else max(0, entry.said - entry.held)
    if entry.reason or (is_conversations and not reading.backfill_done):
        return None
    return sum(one.count for one in entry.differences if one.reason in differences.STILL_TO_COME)
