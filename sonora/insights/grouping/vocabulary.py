"""Which names customers use for one and the same thing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

DEFAULT = Path(__file__).parent / "vocabulary.txt"
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[@#+]")

Line = Sequence[str]  # all names of one thing, the first of which is what it is called here


@dataclass(frozen=True)
class Vocabulary:
    """Things with their names. What a text mentions by any name is found as the thing."""

    lines: tuple[tuple[str, ...], ...]
    places: Mapping[tuple[str, ...], int]  # the words of a name → the line of its thing
    most_words: int  # of a name

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        """From the names of each thing. Where two things have one name, the later one keeps it."""
        kept = tuple(tuple(line) for line in lines)
        places = {_words(name): at for at, line in enumerate(kept) for name in line}
        places.pop((), None)
        return cls(kept, places, max(map(len, places), default=0))

    @classmethod
    def read(cls, text: str) -> Self:
        """From lines such as ``single sign-on: sso, saml``; those without a colon and those after # mean nothing."""
        return cls.of(_lines(text))

    def with_names(self, lines: Iterable[Line]) -> Self:
        """With the names of each of *lines*, which are of one thing.

        Things that one of the names stood for until now are one with it and lend it their names, first among them the
        name that the thing has here.
        """
        things = dict(enumerate(self.lines))
        for at, line in enumerate(lines, start=len(things)):
            meant = sorted({self.places[words] for words in map(_words, line) if words in self.places})
            things[at] = (*(name for one in meant for name in things.pop(one, ())), *line)
        return self.of(things.values())

    def found_in(self, text: str) -> list[int]:
        """The things that *text* mentions, as places in `lines`, in order and each once."""
        words, at, found = _words(text), 0, []
        while at < len(words):
            length = self._name_at(words, at)
            if length:
                found.append(self.places[words[at : at + length]])
            at += length or 1
        return list(dict.fromkeys(found))

    def _name_at(self, words: tuple[str, ...], at: int) -> int:
        """How many words the longest name at *at* has; 0 when there is none."""
        longest = min(self.most_words, len(words) - at)
        return next((count for count in range(longest, 0, -1) if words[at : at + count] in self.places), 0)


@cache
def default_vocabulary() -> Vocabulary:
    """What software is commonly asked for: `vocabulary.txt`."""
    return Vocabulary.read(DEFAULT.read_text(encoding="utf-8"))


def _lines(text: str) -> Iterator[Line]:
    for line in text.splitlines():
        name, colon, others = line.partition(":")
        if colon and not line.startswith("#"):
            yield [name.strip(), *(other.strip() for other in others.split(","))]


def _words(text: str) -> tuple[str, ...]:
    """Words without capitals and plural s, so that webhooks are a webhook."""
    return tuple(_singular(word) for word in WORD.findall(text.casefold().replace("’", "'")))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
