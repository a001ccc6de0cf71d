"""A filter as chips, each with the address of the list without it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sonora.filters import names
from sonora.filters.parts import BY_KEY
from sonora.filters.tags import How

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One part of the filter: its key, its name, its values in words, and the address without it.

    *others* are the other parts, as the hidden fields of a form that changes this one.
    """

    part: str
    name: str
    values: Mapping[Any, str]
    remove_url: str
    others: Pairs

    @property
    def is_set(self) -> bool:
        return bool(self.values)

    @property
    def value(self) -> str:
        """All of its values in words; what is gone is named once."""
        return ", ".join(dict.fromkeys(self.values.values()))

    @property
    def gone(self) -> list[str]:
        """Those of its values in words that were deleted or merged meanwhile."""
        return [name for name in dict.fromkeys(self.values.values()) if isinstance(name, names.Gone)]


def chips(shown: "FilterSet", *, path: str, kept: Pairs = (), open_too: Iterable[str] = ()) -> list[Chip]:
    """A chip for each part of *shown* that narrows, and for each part in *open_too*, to pick from.

    *kept* are names and values of the address at *path* that are no filter.
    """
    words = names.of(shown)
    return [_chip(shown, part, words.get(part, {}), path, kept) for part in BY_KEY if part in words or part in open_too]


def address(path: str, pairs: Pairs) -> str:
    """*path* with *pairs* as its query."""
    return f"{path}?{urlencode(pairs)}"


def _chip(shown: "FilterSet", part: str, values: Mapping[Any, str], path: str, kept: Pairs) -> Chip:
    others = [*kept, *shown.without(part).pairs]
    return Chip(
        part=part,
        name=_name(part, len(values)),
        values=values,
        remove_url=address(path, others),
        others=others,
    )


def _name(part: str, values: int) -> str:
    label = BY_KEY[part].label
    return f"{label} any of" if part.endswith(f".{How.ANY}") and values > 1 else label
