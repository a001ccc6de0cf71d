"""Rows to measure with: this project's own, written by hand, and what the training sets held back."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ml import sources

DEV = Path(__file__).parent / "dev"
KINDS = ("support", "reviews", "posts", "forum")
UNSEEN = "unseen"  # written after the grammar, and never looked at while it grew


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A text and what a reader should say of it, where that is known; *graded* is people's mean score."""

    text: str
    kind: str
    sentiment: str | None = None
    asks: bool | None = None
    graded: float | None = None


def own() -> list[Measured]:
    """The rows of every kind in `dev/`, and those that were written last, as the kind *unseen*."""
    return [row for kind in (*KINDS, UNSEEN) for row in _own(kind)]


def _own(kind: str) -> Iterator[Measured]:
    for line in (DEV / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Measured(text=row["text"], kind=kind, sentiment=row["sentiment"], asks=row["asks"])


def held_out(folder: Path) -> list[Measured]:
    """The rows of the training sets that taught nothing, with the likeliest label where a set gives shares."""
    return [_held_out(row) for row in sources.folder(folder) if row.held_out]


def _held_out(row: sources.Row) -> Measured:
    shares = row.feeling or sources.NEUTRAL
    graded = shares[2] - shares[0] if row.source == "tweets" else None
    label = sources.LABELS[max(range(3), key=lambda at: shares[at])]
    return Measured(text=row.text, kind=row.source, sentiment=label, asks=row.asks, graded=graded)


def by_kind(rows: Sequence[Measured]) -> dict[str, list[Measured]]:
    kinds: dict[str, list[Measured]] = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    return kinds
