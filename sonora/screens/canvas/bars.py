"""Bars beside their names, as shares of the longest: text stands beside them and is never scaled."""

from collections.abc import Sequence
from dataclasses import dataclass

from sonora.screens.chat.page import Cell, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A name, its figure, and how long its bar is, in percent of the longest."""

    label: str
    cell: Cell
    length: str


def bars(lines: Sequence[Line]) -> list[Bar]:
    """A bar for the first figure of each of *lines*."""
    most = max((line.cells[0].number for line in lines), default=0) or 1
    return [
        Bar(label=line.label, cell=line.cells[0], length=f"{100 * line.cells[0].number / most:.2f}%") for line in lines
    ]
