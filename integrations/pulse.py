"""The last runs as a strip of bars: how much each changed, and which of them did not end well."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt

from integrations.models import SyncRun
from sonora.core import words
from sonora.core.marks import Bar

Result = SyncRun.Result

MEANINGS = {
    Result.RUNNING: "info",
    Result.SUCCEEDED: "ok",
    Result.PARTLY: "warn",
    Result.FAILED: "error",
    Result.CANCELLED: "neutral",
}
DOWN = (Result.FAILED, Result.CANCELLED)  # these hang below the line, so that no colour is needed to tell them


def bars(runs: Sequence[SyncRun]) -> list[Bar]:
    """One bar a run, the oldest first; *runs* are newest first. Heights grow with the square root of what changed."""
    most = max((_changed(run) for run in runs), default=0)
    return [
        Bar(
            height=1.0 if run.result in DOWN else sqrt(_changed(run) / most) if most else 0.0,
            meaning=MEANINGS[Result(run.result)],
            is_down=run.result in DOWN,
        )
        for run in reversed(runs)
    ]


def in_words(runs: Sequence[SyncRun]) -> str:
    """What the strip shows: Last 30 runs: 28 succeeded, 2 failed. The most that one changed were 412 objects."""
    results = Counter(Result(run.result) for run in runs)
    told = ", ".join(f"{results[one]} {one.label.lower()}" for one in Result if results[one])
    most = max((_changed(run) for run in runs), default=0)
    return (
        f"Last {words.counted(len(runs), 'run')}: {told}. The most that one changed: {words.counted(most, 'object')}."
    )


def _changed(run: SyncRun) -> int:
    return sum(int(number) for number in run.saved.values())
