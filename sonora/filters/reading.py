"""Reading a filter out of names and values, whatever they are: what cannot be meant is passed over, and named."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sonora.filters.forms import Lists
from sonora.filters.parts import PARTS, Part
from sonora.filters.tags import Tags

MOST_NAMED = 10  # of what is passed over
LONGEST_NAMED = 60  # characters


@dataclass(frozen=True, slots=True)
class Ignored:
    """A value that its part cannot mean, or a name (*label* is empty) that is no part."""

    label: str
    value: str

    def __str__(self) -> str:
        return f"{self.label} “{self.value}”" if self.label else f"“{self.value}”"


@dataclass(slots=True)
class Read:
    """The fields of a filter, and what was passed over."""

    fields: dict[str, Any] = field(default_factory=dict)
    ignored: list[Ignored] = field(default_factory=list)

    def take(self, part: Part, written: list[str]) -> None:
        value, bad = part.kind.read([one for one in written if one.strip("\0 \t\r\n")])
        self._ignore(part.label, bad)
        name, _, how = part.key.partition(".")
        if value and how:
            self.fields.setdefault(name, {})[how] = value
        elif value:
            self.fields[name] = value

    def unknown(self, names: Collection[str]) -> None:
        self._ignore("", sorted(names))

    def _ignore(self, label: str, values: list[str]) -> None:
        left = MOST_NAMED - len(self.ignored)
        self.ignored += [Ignored(label, _shortened(value)) for value in dict.fromkeys(values)][:left]


def read(lists: Lists, *, beside: Collection[str] = ()) -> Read:
    """What *lists* (values by the names of an address) say; *beside* are names that mean something else there."""
    found = Read()
    for part in PARTS:
        found.take(part, list(lists.get(part.name, ())))
    found.unknown(set(lists) - {part.name for part in PARTS} - set(beside))
    found.fields = {name: Tags(**value) if isinstance(value, dict) else value for name, value in found.fields.items()}
    return found


def _shortened(value: str) -> str:
    printable = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in value)
    return printable if len(printable) <= LONGEST_NAMED else f"{printable[: LONGEST_NAMED - 1]}…"
