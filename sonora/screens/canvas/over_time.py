"""Lines over time, as shares of the picture: text stands in it as it is, and is never scaled."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sonora.chat.answers.rows import Row, Rows
from sonora.core import words

SERIES = 2  # lines in one picture: all, and the first part of it
INSET = 2.0  # percent at both sides, for the dots at the ends
TOP, GROUND = 6.0, 96.0  # percent from above: where the highest round number stands, and zero
STEPS = 4  # between lines of the grid, at most
ROUND = (1, 2, 5)  # what a step of the grid may begin with
NAMED = 4  # times that are named below, at most
APART = 12.0  # percent between the names of two lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A number beside the grid, or a time below it; *at* is how far from above or from the left, in percent."""

    at: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a line; all in percent of the picture."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure where it stands, in percent of the picture; *words* say it."""

    x: str
    y: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: its name, its last figure, its points and the pieces between them; *at* is how high its name stands."""

    name: str
    last: int
    points: list[Point]
    segments: list[Segment]
    at: str

    @property
    def end(self) -> Point:
        return self.points[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """*grid* are round numbers from zero up, *times* some of those below, the first and the last among them.

    *summary* says what there is to see, *words* also of what.
    """

    series: list[Series]
    grid: list[Tick]
    times: list[Tick]
    summary: str
    words: str


def picture(table: Rows) -> Picture | None:
    """The figures of *table*, which is over time, as lines; None for fewer than two times."""
    most = max((figure.number for row in table.rows for figure in row.figures[:SERIES]), default=0)
    if len(table.rows) < 2 or not most:
        return None
    step, summary = _step(most), _summary([row.figures[0].number for row in table.rows])
    top = -(-most // step) * step
    about = f"{table.columns[0]} by {table.title.lower()}, from {table.rows[0].label} to {table.rows[-1].label}"
    return Picture(
        series=_series(table, top),
        grid=[Tick(at=_percent(_y(number, top)), name=words.thousands(number)) for number in range(0, top + 1, step)],
        times=_times(table.rows),
        summary=summary,
        words=f"{about}. {summary}",
    )


def _step(most: int) -> int:
    """The smallest round number of which *STEPS* reach *most*."""
    power = 1
    while True:
        for first in ROUND:
            if first * power * STEPS >= most:
                return first * power
        power *= 10


def _summary(numbers: Sequence[int]) -> str:
    low, high, last = (words.thousands(one) for one in (min(numbers), max(numbers), numbers[-1]))
    return f"Always {last}." if low == high else f"Between {low} and {high}, {last} at the end."


def _series(table: Rows, top: int) -> list[Series]:
    names = table.columns[:SERIES]
    numbers = [[row.figures[at].number for row in table.rows] for at in range(len(names))]
    heights = _apart([_y(line[-1], top) for line in numbers])
    found = []
    for name, line, height in zip(names, numbers, heights, strict=True):
        points = _points(name, line, table.rows, top)
        segments = [Segment(x1=one.x, y1=one.y, x2=other.x, y2=other.y) for one, other in pairwise(points)]
        found.append(Series(name=name, last=line[-1], points=points, segments=segments, at=_percent(height)))
    return found


def _apart(heights: Sequence[float]) -> list[float]:
    """*heights* of the ends of lines, the higher line first, so far apart that their names don't cover each other."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + APART) if placed else height)
    below = max(0.0, placed[-1] - GROUND)
    return [height - below for height in placed]


def _points(name: str, numbers: Sequence[int], rows: Sequence[Row], top: int) -> list[Point]:
    return [
        Point(
            x=_percent(_x(at, len(rows))),
            y=_percent(_y(number, top)),
            words=f"{row.label}: {words.thousands(number)} {name.lower()}",
        )
        for at, (number, row) in enumerate(zip(numbers, rows, strict=True))
    ]


def _times(rows: Sequence[Row]) -> list[Tick]:
    last, parts = len(rows) - 1, min(NAMED, len(rows)) - 1
    places = [last * part // parts for part in range(parts + 1)]
    return [Tick(at=_percent(_x(at, len(rows))), name=rows[at].label) for at in places]


def _x(at: int, number: int) -> float:
    return INSET + at * (100 - 2 * INSET) / (number - 1)


def _y(number: int, top: int) -> float:
    return GROUND - (GROUND - TOP) * number / top


def _percent(value: float) -> str:
    return f"{value:.2f}%"
