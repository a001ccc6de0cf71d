"""The kinds of object as the card shows them: how many, how far, how fresh."""

from collections.abc import Sequence
from dataclasses import dataclass

from integrations.models import SyncRun
from integrations.snapshot import PERMISSION_OF, Reading

TITLES = {
    "teammates": "Teammates",
    "tags": "Tags",
    "companies": "Companies",
    "contacts": "People",
    "conversations": "Conversations",
    "messages": "Messages",
}
FRESH = {
    "healthy",
    "empty",
    "analysing",
    "analysis_stopped",
    "syncing",
    "limited",
    "plan_limited",
}  # states in which nothing is behind
PAGES = {"contacts": "/people", "conversations": "/conversations"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRow:
    """One kind. `meaning`, `icon` and `word` make its pill; `total` is None where the provider gave none.

    `per_minute` is known while the first sync runs, `changed` (objects that the last run changed) after it.
    `oldest` and `newest` are Unix seconds of the conversations held.
    """

    kind: str
    title: str
    meaning: str
    icon: str
    word: str
    count: int
    total: int | None
    per_minute: int | None
    changed: int | None
    oldest: int | None
    newest: int | None
    url: str

    @property
    def done(self) -> bool:
        return self.meaning == "ok"


def rows(reading: Reading, runs: Sequence[SyncRun]) -> list[ObjectRow]:
    """One row a kind, in the order in which the first sync reads them; *runs* are the last ones, newest first."""
    minutes = _minutes(reading, runs)
    changed = _changed(runs) if reading.seen.initial_done else {}
    return [_row(reading, kind, minutes=minutes, changed=changed) for kind in TITLES]


def _row(
    reading: Reading,
    kind: str,
    *,
    minutes: float | None,
    changed: dict[str, int],
) -> ObjectRow:
    meaning, icon, word = _state(reading, kind)
    stream, timed = reading.streams.get(kind), kind in ("conversations", "messages")
    reading_now = timed and minutes is not None and meaning == "info"
    conversations = reading.tally["conversations"]
    return ObjectRow(
        kind=kind,
        title=TITLES[kind],
        meaning=meaning,
        icon=icon,
        word=word,
        count=reading.counts[kind],
        total=stream.said if stream else None,
        per_minute=round(reading.counts[kind] / minutes) if reading_now and minutes else None,
        changed=changed.get(kind),
        oldest=conversations.oldest if timed else None,
        newest=conversations.newest if timed else None,
        url=PAGES.get(kind, ""),
    )


def _state(reading: Reading, kind: str) -> tuple[str, str, str]:
    permission = PERMISSION_OF.get(kind, "conversations" if kind == "messages" else kind)
    if permission in reading.seen.missing:
        return "warn", "attention", "Not allowed"
    if permission in reading.seen.plan:
        return "warn", "attention", "Not in plan"
    if reading.seen.initial_done and reading.shown.key in FRESH:
        return "ok", "check", "Up to date"
    if reading.seen.initial_done:
        return "neutral", "clock", "Last known"
    if kind == "contacts":
        done = reading.state.contacts_walked
    else:
        stream = reading.streams.get(kind)
        done = stream is not None and stream.walked_at is not None
    if done:
        return "ok", "check", "Done"
    return ("info", "sync", "Reading") if reading.seen.first_started else ("neutral", "clock", "Waiting")


def first_run(runs: Sequence[SyncRun]) -> SyncRun | None:
    """The first sync, which is one run: while it is under way it is among the last ones, *runs*."""
    return next((run for run in reversed(runs) if run.kind == SyncRun.Kind.INITIAL), None)


def _minutes(reading: Reading, runs: Sequence[SyncRun]) -> float | None:
    """Minutes since the first sync began, once there are enough of them for a rate."""
    if reading.seen.initial_done:
        return None
    begun = first_run(runs)
    seconds = reading.now - begun.started_at if begun else 0
    return seconds / 60 if seconds >= 30 else None


def _changed(runs: Sequence[SyncRun]) -> dict[str, int]:
    last = next((run for run in runs if run.finished_at is not None), None)
    return {**dict.fromkeys(TITLES, 0), **{kind: int(number) for kind, number in last.saved.items()}} if last else {}
