"""How the values of a filter's parts are read out of an address, and written into one.

Reading gives the value and what could not be meant; nothing raises. Each empty value is false.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sonora.filters import dates
from sonora.filters.dates import Dates

MOST = 100  # values of one part
LONGEST_TEXT = 500  # characters
LONGEST_WORD = 60  # characters, as long as the longest tier
LARGEST_ID = 2**63 - 1
NOBODY = "none"  # among ids
YES = "yes"


class Kind(Protocol):
    def read(self, written: Sequence[str]) -> tuple[Any, list[str]]:
        """The value that *written* (without blank ones) says, and those of it that say nothing."""

    def write(self, value: Any) -> list[str]:
        """*value* as `read` takes it, always in the same order."""


class Text:
    """What somebody typed to search for."""

    def read(self, written: Sequence[str]) -> tuple[str, list[str]]:
        words = " ".join(written[0].replace("\0", " ").split()) if written else ""
        return words[:LONGEST_TEXT], []

    def write(self, value: str) -> list[str]:
        return [value] if value else []


@dataclass(frozen=True)
class Choices:
    """Some of the words *known*."""

    known: tuple[str, ...]

    def read(self, written: Sequence[str]) -> tuple[frozenset[str], list[str]]:
        return frozenset(written) & frozenset(self.known), [one for one in written if one not in self.known]

    def write(self, value: frozenset[str]) -> list[str]:
        return [one for one in self.known if one in value]


class Words:
    """Words of the workspace's own."""

    def read(self, written: Sequence[str]) -> tuple[frozenset[str], list[str]]:
        cleaned = [one.replace("\0", "").strip() for one in written[:MOST]]
        return frozenset(one for one in cleaned if 0 < len(one) <= LONGEST_WORD), [
            *(one for one in cleaned if len(one) > LONGEST_WORD),
            *_too_many(written),
        ]

    def write(self, value: frozenset[str]) -> list[str]:
        return sorted(value)


@dataclass(frozen=True)
class Ids:
    """Primary keys; with *nobody* also the word for nobody, which is None as a value."""

    nobody: bool = False

    def read(self, written: Sequence[str]) -> tuple[frozenset[int | None], list[str]]:
        some = written[:MOST]
        ids: set[int | None] = {int(one) for one in some if _is_id(one)}
        if self.nobody and NOBODY in some:
            ids.add(None)
        bad = [one for one in some if not _is_id(one) and not (self.nobody and one == NOBODY)]
        return frozenset(ids), bad + _too_many(written)

    def write(self, value: frozenset[int | None]) -> list[str]:
        return [NOBODY] * (None in value) + [str(one) for one in sorted(one for one in value if one is not None)]


class Flag:
    """Yes or no."""

    def read(self, written: Sequence[str]) -> tuple[bool, list[str]]:
        return YES in written, [one for one in written if one != YES]

    def write(self, value: bool) -> list[str]:  # noqa: FBT001 - the value is what this is about
        return [YES] if value else []


class Span:
    """A span of time; of several the first counts."""

    def read(self, written: Sequence[str]) -> tuple[Dates | None, list[str]]:
        if not written:
            return None, []
        try:
            return dates.parse(written[0].strip().lower()), list(written[1:])
        except ValueError:
            return None, list(written)

    def write(self, value: Dates | None) -> list[str]:
        return [str(value)] if value else []


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID


def _too_many(written: Sequence[str]) -> list[str]:
    return [f"{len(written) - MOST} more"] if len(written) > MOST else []
