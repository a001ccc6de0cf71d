"""The filter bar of a list: its chips, what picks their values, what can be added and what was ignored."""

from collections.abc import Sequence
from dataclasses import dataclass

from sonora.filters.chips import Chip, Pairs, address, chips
from sonora.filters.filterset import Asked, FilterSet
from sonora.filters.parts import BY_KEY
from sonora.filters.reading import Ignored
from sonora.filters.viewer import Viewer
from sonora.screens.filters.pickers import Link, Picker, picker
from sonora.screens.filters.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    chip: Chip
    picker: Picker
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    path: str
    items: Sequence[Item]
    adds: Sequence[Link]
    ignored: Sequence[Ignored]
    narrowing: int  # how many parts do
    all_but_text: Pairs  # the hidden fields of a form that searches within the filter
    tags_problem: str  # why tags can't be picked, in words; empty: they can


def bar(asked: Asked, viewer: Viewer, place: Place, *, tags_problem: str = "") -> Bar:
    """The bar of the list at *place* that shows what was *asked* for."""
    shown = asked.shown
    made = chips(shown, path=place.path, kept=place.kept, open_too=place.open_too)
    return Bar(
        path=place.path,
        items=[
            Item(chip=chip, picker=picker(shown, chip, viewer, place), is_open=chip.part == place.editing)
            for chip in made
        ],
        adds=_adds(shown, place, {chip.part for chip in made}),
        ignored=asked.ignored,
        narrowing=len(shown.parts),
        all_but_text=shown.without("text").pairs,
        tags_problem=tags_problem,
    )


def _adds(shown: FilterSet, place: Place, there: set[str]) -> list[Link]:
    return [
        Link(name=BY_KEY[part].label, url=address(place.path, [*place.kept, *shown.pairs, ("edit", part)]))
        for part in place.offered
        if part not in there
    ]
