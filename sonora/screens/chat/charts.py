"""Bars over time, as shares of the picture: text stands beside it and is never scaled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sonora.chat.answers.groups import FEELINGS
from sonora.chat.answers.rows import Row, Rows
from sonora.core import words

GAP = 0.2  # of a bar's place


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar, or a part of one that stands on the parts below it; all in percent of the picture.

    *look* is the sentiment that a part shows; empty: all, or those of which no sentiment is known.
    """

    x: str
    y: str
    width: str
    height: str
    look: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What the parts of one look are called, and how many of them the last bar has."""

    look: str
    name: str
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """*most* is what the highest bar stands for, *first* and *last* name both ends, *words* say it to a reader.

    *keys* name the parts of the bars, the lowest first; none where bars have no parts.
    """

    bars: list[Bar]
    most: int
    first: str
    last: str
    words: str
    keys: list[Key]


def chart(table: Rows) -> Chart | None:
    """The first figure of each row of *table* as a bar of the parts that its others are; None if there are not two."""
    numbers = [row.figures[0].number for row in table.rows]
    if len(numbers) < 2 or not max(numbers):
        return None
    most, place = max(numbers), 100 / len(numbers)
    first, last = table.rows[0].label, table.rows[-1].label
    keys = _keys(table.rows[-1])
    return Chart(
        bars=[bar for at, row in enumerate(table.rows) for bar in _bars(row, at * place, place, most)],
        most=most,
        first=first,
        last=last,
        words=f"{table.columns[0]} by {table.title.lower()}, from {first} to {last}: between {min(numbers)} and {most}."
        + _told(keys),
        keys=keys,
    )


def _bars(row: Row, at: float, place: float, most: int) -> Iterator[Bar]:
    """The parts of one bar from the ground up."""
    parts = _parts(row)
    tops = accumulate(number for _, number in parts)
    for (look, number), top in zip(parts, tops, strict=True):
        if number:
            yield Bar(
                x=f"{at + place * GAP / 2:.3f}%",
                y=f"{100 - top / most * 100:.3f}%",
                width=f"{place * (1 - GAP):.3f}%",
                height=f"{number / most * 100:.3f}%",
                look=look,
            )


def _parts(row: Row) -> Sequence[tuple[str, int]]:
    whole, *felt = (figure.number for figure in row.figures)
    looks = [(str(label), number) for label, number in zip(FEELINGS, felt, strict=False)]
    return [*looks, ("", whole - sum(felt))]


def _keys(row: Row) -> list[Key]:
    if len(row.figures) < 2:
        return []
    names = {str(label): str(label.label) for label in FEELINGS} | {"": "Other"}
    return [Key(look=look, name=names[look], last=number) for look, number in _parts(row)]


def _told(keys: list[Key]) -> str:
    if not keys:
        return ""
    return f" At the end {', '.join(f'{words.thousands(key.last)} {key.name.lower()}' for key in keys)}."
