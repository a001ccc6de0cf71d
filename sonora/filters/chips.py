"""A filter as chips, each with the address of the list without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sonora.filters import names
from sonora.filters.parts import BY_KEY
from sonora.filters.tags import How

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One part of a filter: its key, its name and value in words, and the address without it.

    *others* are the other parts, as the hidden fields of a form that changes this one.
    """

    part: str
    name: str
    value: str
    is_set: bool
    remove_url: str
    others: list[tuple[str, str]]


def chips(shown: "FilterSet", *, path: str, open_too: Iterable[str] = ()) -> list[Chip]:
    """A chip for each part of *shown* that narrows, and for each part in *open_too*, to pick from."""
    words = names.of(shown)
    return [_chip(shown, part, words.get(part, []), path) for part in BY_KEY if part in words or part in open_too]


def _chip(shown: "FilterSet", part: str, values: list[str], path: str) -> Chip:
    rest = shown.without(part)
    return Chip(
        part=part,
        name=_name(part, len(values)),
        value=", ".join(values),
        is_set=bool(values),
        remove_url=f"{path}?{rest.query}",
        others=rest.pairs,
    )


def _name(part: str, values: int) -> str:
    label = BY_KEY[part].label
    return f"{label} any of" if part.endswith(f".{How.ANY}") and values > 1 else label
