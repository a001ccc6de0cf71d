"""What an interpreter gives back: the query that it read, and what it could not read. Pure but for the query."""

from dataclasses import dataclass
from enum import StrEnum

from sonora.chat.interpreter.names import Name
from sonora.chat.query import Query


class Why(StrEnum):
    """Why some words of a question count for nothing."""

    UNKNOWN = "unknown"  # nothing here has that name
    AMBIGUOUS = "ambiguous"  # several things have that name
    UNASKABLE = "unaskable"  # understood, but no filter can say it
    TIME = "time"  # a time to come, or none that a calendar has
    LONG = "long"  # behind what is read


@dataclass(frozen=True, slots=True)
class Ignored:
    """*words* as they were typed, why they count for nothing, and what may have been meant.

    *names* are the things that *options* stand for: one each where several have the name that was typed, else one or
    more of each name that is like it. *denied* is what stands behind the "not" with which *words* begin, if they do.
    """

    words: str
    why: Why
    options: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    denied: str = ""

    def __str__(self) -> str:
        return self.words

    @property
    def name(self) -> str:
        """The words that may be a name."""
        return self.denied or self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """What a question means; *query* is None when nothing in it was understood.

    *by* names the language model that proposed it; empty: the rules read it.
    """

    query: Query | None
    ignored: tuple[Ignored, ...] = ()
    by: str = ""
