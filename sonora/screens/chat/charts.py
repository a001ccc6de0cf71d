"""Bars over time, as shares of the picture: text stands beside it and is never scaled."""

from dataclasses import dataclass

from sonora.chat.answers.rows import Rows

GAP = 0.2  # of a bar's place


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar from the ground; all in percent of the picture."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """*most* is what the highest bar stands for, *first* and *last* name both ends, *words* say it to a reader."""

    bars: list[Bar]
    most: int
    first: str
    last: str
    words: str


def chart(table: Rows) -> Chart | None:
    """The first figure of each row of *table* as a bar; None for fewer than two rows."""
    numbers = [row.figures[0].number for row in table.rows]
    if len(numbers) < 2 or not max(numbers):
        return None
    most, place = max(numbers), 100 / len(numbers)
    bars = [_bar(at, number / most, place) for at, number in enumerate(numbers)]
    first, last = table.rows[0].label, table.rows[-1].label
    words = f"{table.columns[0]} by {table.title.lower()}, from {first} to {last}: between {min(numbers)} and {most}."
    return Chart(bars=bars, most=most, first=first, last=last, words=words)


def _bar(at: int, share: float, place: float) -> Bar:
    return Bar(
        x=f"{at * place + place * GAP / 2:.3f}%",
        y=f"{100 - share * 100:.3f}%",
        width=f"{place * (1 - GAP):.3f}%",
        height=f"{share * 100:.3f}%",
    )
