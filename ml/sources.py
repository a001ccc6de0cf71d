"""Rows to learn from: the folder of training sets, and this project's own grammar."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ml.grammar.kinds import Feeling
from ml.grammar.messages import messages
from sonora.insights.local.cues import NAMES, cues
from sonora.insights.local.plain import plain

DEVELOPMENT_SHARE = 10  # of a hundred rows of every set, chosen by their text, are kept for measuring
LABELS = ("negative", "neutral", "positive")
ASKING_CUES = {
    "would be nice", "nice if", "wish", "please add", "can you add", "named", "would love", "missing", "able to",
    "plans", "should", "how about", "instead",
}  # fmt: skip
PLAINEST_CUES = {"would be nice", "wish", "please add", "named"}
NEUTRAL: Feeling = (0.03, 0.94, 0.03)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One text. *feeling* is None where a set says nothing of it, *asks* likewise; *weight* is the trust in the row."""

    text: str
    source: str
    feeling: Feeling | None = None
    asks: bool | None = None
    weight: float = 1.0

    @property
    def held_out(self) -> bool:
        return zlib.crc32(self.text.strip().lower().encode()) % 100 < DEVELOPMENT_SHARE


def grammar(count: int, *, seed: int) -> Iterator[Row]:
    for message in messages(count, seed=seed):
        yield Row(text=message.text, source="grammar", feeling=message.feeling, asks=message.asks)


def folder(path: Path) -> Iterator[Row]:
    """The rows of every set in *path* that this project knows; says which are missing."""
    for name, read in READERS.items():
        file = path / f"{name}.jsonl"
        if not file.exists():
            print(f"not there: {file.name}")
            continue
        rows = [read(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
        print(f"{file.name}: {len(rows)} rows")
        yield from rows


def _developers(row: dict[str, str]) -> Row:
    """Questions and comments of developers; they never ask a vendor for anything in a form that was labelled."""
    return Row(text=row["text"], source="senti4sd", feeling=_certain(row["label"], trust=0.9))


def _tweets(row: dict[str, float | str]) -> Row:
    """Posts with the mean of twenty people's scores: the further from zero, the surer the label."""
    return Row(text=str(row["text"]), source="tweets", feeling=_graded(float(row["score"])))


def _utterances(row: dict[str, str]) -> Row:
    return Row(text=row["text"], source="clinc", feeling=NEUTRAL, asks=False, weight=0.3)


def _smalltalk(row: dict[str, str]) -> Row:
    return Row(text=row["text"], source="smalltalk", feeling=_certain(row["label"], trust=0.85), asks=False)


def _banking(row: dict[str, str]) -> Row:
    """Customers' questions; most are plain, some tell of trouble, so their feeling counts little."""
    return Row(text=row["text"], source="banking", feeling=(0.1, 0.87, 0.03), asks=False, weight=0.4)


def _reviews(row: dict[str, int | str]) -> Row:
    """App reviews: stars tell the feeling roughly; the label of a request is noisy, above all where it says yes."""
    feeling = {1: (0.8, 0.15, 0.05), 2: (0.6, 0.3, 0.1), 3: (0.3, 0.5, 0.2), 4: (0.05, 0.25, 0.7), 5: (0.02, 0.08, 0.9)}
    text = str(row["text"])
    asks = _agreed(text, labelled=row["label"] == 1)
    return Row(text=text, source="app reviews", feeling=feeling[int(row["rating"])], asks=asks, weight=0.8)


def _agreed(text: str, *, labelled: bool) -> bool | None:
    """The label, where the words do not speak against it: many a "feature" of that set is a plain fault."""
    shown = plain(text)
    held = {NAMES[at] for at in cues(shown, shown.lower())}
    if labelled:
        return True if held & ASKING_CUES else None
    return None if held & PLAINEST_CUES else False


READERS = {
    "sent_senti4sd": _developers,
    "sent_hutto_tweets": _tweets,
    "sent_clinc_smalltalk": _smalltalk,
    "neg_clinc_utterances": _utterances,
    "neg_banking_questions": _banking,
    "fr_maalej": _reviews,
}


def _certain(label: str, *, trust: float) -> Feeling:
    rest = (1 - trust) / 2
    negative, neutral, positive = (trust if name == label else rest for name in LABELS)
    return negative, neutral, positive


def _graded(score: float) -> Feeling:
    """Shares that fall and rise with a mean score of −1 … 1."""
    neutral = max(0.0, 1 - abs(score) / 0.25)
    strong = 1 - neutral
    return (strong, neutral, 0.0) if score < 0 else (0.0, neutral, strong)
