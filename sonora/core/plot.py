"""Where the marks of a chart stand: buckets of time side by side, up and down from a line, as SVG needs them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, BOTTOM = 64.0, 8.0, 22.0, 30.0  # free for words, in units of the drawing
WIDEST, GAP = 20.0, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Some time: *value* from −1 to 1, of *number* rows; *look* is a class of the mark, *words* say it all.

    Too few rows (not *is_enough*) make a hollow dot with their number; none make a gap.
    """

    value: float
    number: int
    is_enough: bool
    look: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A bucket where it stands: *x* is its middle, *y* the end of its value, *wide* its bar."""

    x: float
    y: float
    wide: float
    bucket: Bucket


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A drawing of *width* × *height* units, with the heights of 1, 0 and −1."""

    width: int
    height: int
    marks: list[Mark]
    top: float
    zero: float
    bottom: float


def plot(buckets: Sequence[Bucket], *, width: int, height: int) -> Plot:
    """Lay *buckets*, oldest first, out over the width; those without rows are left empty."""
    step = (width - LEFT - RIGHT) / max(1, len(buckets))
    top, bottom = TOP, height - BOTTOM
    half = (bottom - top) / 2
    marks = [
        Mark(
            x=round(LEFT + step * (place + 0.5), 1),
            y=round(top + half * (1 - max(-1.0, min(1.0, bucket.value))), 1),
            wide=round(min(WIDEST, step - GAP), 1),
            bucket=bucket,
        )
        for place, bucket in enumerate(buckets)
        if bucket.number
    ]
    return Plot(width=width, height=height, marks=marks, top=top, zero=top + half, bottom=bottom)
