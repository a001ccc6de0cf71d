"""Who answers whom, and how quickly, out of the messages of conversations. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from statistics import median

from sonora.graph.facts import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A message of a person or of a teammate (primary keys), at *at* (Unix seconds)."""

    conversation: int
    at: int
    person: int | None = None
    teammate: int | None = None


@dataclass(slots=True)
class Exchange:
    """What one person and we answered each other: seconds of each answer, and how often each teammate answered.

    *times* says when (Unix seconds) they gave each of *theirs*.
    """

    theirs: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    ours: list[int] = field(default_factory=list)
    teammates: dict[int, int] = field(default_factory=dict)

    @property
    def by_teammate(self) -> tuple[tuple[int, int], ...]:
        """Most often first."""
        return tuple(sorted(self.teammates.items(), key=lambda one: (-one[1], one[0])))


def pace(seconds: list[int]) -> Pace:
    return Pace(int(median(seconds)), len(seconds)) if seconds else Pace()


def exchanges(lines: Iterable[Line]) -> dict[int, Exchange]:
    """By person. *lines* come by conversation, oldest first in each.

    An answer is the first message of the other side; it is measured from the first message that waited for one.
    """
    found: dict[int, Exchange] = defaultdict(Exchange)
    for _, talk in groupby(lines, key=attrgetter("conversation")):
        _follow(talk, found)
    return dict(found)


def _follow(talk: Iterable[Line], found: dict[int, Exchange]) -> None:
    waiting: Line | None = None  # the first message that nobody answered yet
    speaker: int | None = None  # the person who spoke last
    for line in talk:
        if line.person is not None:
            speaker = line.person
            if waiting is None or waiting.teammate is not None:
                if waiting is not None:
                    found[speaker].theirs.append(line.at - waiting.at)
                    found[speaker].times.append(line.at)
                waiting = line
        elif line.teammate is not None:
            if speaker is not None:
                counts = found[speaker].teammates
                counts[line.teammate] = counts.get(line.teammate, 0) + 1
            if waiting is None or waiting.person is not None:
                if waiting is not None and waiting.person is not None:
                    found[waiting.person].ours.append(line.at - waiting.at)
                waiting = line
