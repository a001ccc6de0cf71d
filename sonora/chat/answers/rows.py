"""The rows of an answer: names with figures, each of which opens what it counts. Pure values."""

from dataclasses import dataclass, field

from sonora.chat.query import Query
from sonora.core import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, and the query whose list is that long, or *is_more*, longer; without one nothing can be opened."""

    number: int
    query: Query | None = None
    is_more: bool = False

    @property
    def text(self) -> str:
        """The number in words: 1,208, or 10,000+ where counting stopped there."""
        return f"{words.thousands(self.number)}{'+' if self.is_more else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """*label* names it, *figures* stand under the columns of the table in their order; *key* is what it is, by key."""

    label: str
    figures: tuple[Figure, ...]
    key: int | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table: what the rows are, the columns of figures, the rows, and whether there are more of them."""

    title: str
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    is_cut: bool = False
    is_time: bool = False

    @property
    def has_figures(self) -> bool:
        """Whether any of its figures counts something."""
        return any(figure.number for row in self.rows for figure in row.figures)
