"""How far the first sync is, in the words of its panel."""

from collections.abc import Sequence
from dataclasses import dataclass

from integrations.models import SyncRun
from integrations.objects import first_run
from integrations.snapshot import Reading

STEADY = 30  # seconds after which a rate says something
FIRST_SCREEN = 100  # conversations after which reading them is worth the click


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`total` is None where the provider gave none; `left` and `per_minute` are None until the rate is steady."""

    conversations: int
    total: int | None
    now_reading: str
    elapsed: int | None
    left: int | None
    per_minute: int | None
    newest: int | None
    readable: bool

    @property
    def milestone(self) -> int | None:
        """The last quarter that was passed, in percent; what a screen reader is told."""
        if not self.total:
            return None
        return min(100, 25 * (4 * self.conversations // self.total))


def progress(reading: Reading, runs: Sequence[SyncRun]) -> Progress | None:
    """How far the first sync is; None when it is over or does not run. *runs* are the last ones, newest first."""
    if reading.shown.key not in ("first_sync", "limited", "plan_limited") or reading.seen.initial_done:
        return None
    begun = first_run(runs)
    elapsed = max(0, reading.now - begun.started_at) if begun else None
    count, said = reading.counts["conversations"], reading.seen.conversations_said
    rate = count / elapsed if elapsed and elapsed >= STEADY else None
    total = said if said is not None and said >= count else None
    return Progress(
        conversations=count,
        total=total,
        now_reading=_now_reading(reading),
        elapsed=elapsed,
        left=round((total - count) / rate) if total is not None and rate else None,
        per_minute=round(rate * 60) if rate else None,
        newest=reading.tally["conversations"].newest,
        readable=count >= FIRST_SCREEN,
    )


def _now_reading(reading: Reading) -> str:
    state = reading.state
    if state.backfill_start is None:
        return "Now: teammates and tags. Then companies, people and conversations."
    if not state.open_done:
        return "Now: open conversations, newest first. Then closed ones."
    if not state.closed_done:
        return "Now: closed conversations, newest first."
    return "Now: what is left of people and companies."
