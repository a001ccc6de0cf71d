"""Bars beside their names, and lines over time, as shares of the picture: text stands beside it and is never scaled."""

from dataclasses import dataclass
from itertools import pairwise

from sonora.chat.answers.rows import Rows
from sonora.screens.chat.page import Cell, Line

SERIES = 2  # lines in one picture: all, and the first part of it
INSET = 2.0  # percent at both sides, for the last dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A name, its figure, and how long its bar is, in percent of the longest."""

    label: str
    cell: Cell
    length: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a line; all in percent of the picture."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: its name, its last figure and its pieces; the dot at its end is where the last piece ends."""

    name: str
    last: int
    segments: list[Segment]

    @property
    def end(self) -> Segment:
        return self.segments[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """*most* is what the highest point stands for, *first* and *last* name both ends, *words* say it to a reader."""

    series: list[Series]
    most: int
    first: str
    last: str
    words: str


def bars(lines: list[Line]) -> list[Bar]:
    """A bar for the first figure of each of *lines*."""
    most = max((line.cells[0].number for line in lines), default=0) or 1
    return [
        Bar(label=line.label, cell=line.cells[0], length=_percent(100 * line.cells[0].number / most)) for line in lines
    ]


def picture(table: Rows) -> Picture | None:
    """The figures of *table*, which is over time, as lines; None for fewer than two times."""
    most = max((figure.number for row in table.rows for figure in row.figures[:SERIES]), default=0)
    if len(table.rows) < 2 or not most:
        return None
    numbers = [[row.figures[at].number for row in table.rows] for at in range(min(SERIES, len(table.columns)))]
    first, last = table.rows[0].label, table.rows[-1].label
    words = f"{table.columns[0]} by {table.title.lower()}, from {first} to {last}"
    return Picture(
        series=[
            Series(name=name, last=line[-1], segments=_segments(line, most))
            for name, line in zip(table.columns, numbers, strict=False)
        ],
        most=most,
        first=first,
        last=last,
        words=f"{words}: between {min(numbers[0])} and {max(numbers[0])}, {numbers[0][-1]} at the end.",
    )


def _segments(numbers: list[int], most: int) -> list[Segment]:
    step = (100 - 2 * INSET) / (len(numbers) - 1)
    points = [
        (_percent(INSET + at * step), _percent(96 - 92 * number / most)) for at, number in enumerate(numbers)
    ]  # a dot at the top or on the ground is whole
    return [Segment(x1=x1, y1=y1, x2=x2, y2=y2) for (x1, y1), (x2, y2) in pairwise(points)]


def _percent(value: float) -> str:
    return f"{value:.2f}%"
