"""What changes the value of one part of a filter: boxes to tick, spans of time, words."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sonora.filters import dates
from sonora.filters.chips import Chip, address
from sonora.filters.filterset import FilterSet
from sonora.filters.parts import BY_KEY, SPANS, TAGGED
from sonora.filters.tags import How
from sonora.filters.viewer import Viewer
from sonora.screens.filters import options
from sonora.screens.filters.options import Option
from sonora.screens.filters.place import Place

PRESETS = (
    "today", "yesterday", "last-7-days", "last-30-days", "last-90-days", "this-week", "last-week", "this-month",
    "last-month", "this-quarter", "last-quarter", "this-year",
)  # fmt: skip
HOW = {How.ANY: "Any of", How.ALL: "All of", How.NONE: "None of", How.UNTAGGED: "No tag"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    name: str
    url: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picker:
    """What changes one part: boxes to tick (*kind* `options`), spans (`dates`) or words (`text`).

    *name* is what the part is called in an address, *how* are the ways in which tags can be meant.
    """

    kind: str
    name: str
    key: str
    options: Sequence[Option] = ()
    options_url: str = ""
    how: Sequence[Option] = ()
    spans: Sequence[Link] = ()
    first: str = ""
    last: str = ""
    is_long: bool = False  # more values than are shown: they are searched for

    @property
    def element(self) -> str:
        """What the chip is called in the page."""
        return self.key.replace(".", "-").replace("_", "-")


def picker(shown: FilterSet, chip: Chip, viewer: Viewer, place: Place) -> Picker:
    """What changes the part of *chip* in the list at *place* that shows *shown*."""
    part = BY_KEY[chip.part]
    name = TAGGED[chip.part.partition(".")[0]][0] if "." in chip.part else part.name
    if chip.part == "text":
        return Picker(kind="text", name=name, key=chip.part, first=shown.text)
    if chip.part in SPANS:
        return _dates(shown.of(chip.part), chip, place)
    listed = chip.part.replace(How.UNTAGGED, How.ANY)
    rest = shown if chip.part == listed else shown.without(listed)
    asked = options.Asked(shown=rest, part=listed, viewer=viewer, find=place.find)
    is_edited = chip.part == place.editing
    return Picker(
        kind="options",
        name=name,
        key=chip.part,
        options=options.counted(asked, listing=place.listing)
        if is_edited
        else options.at_once(asked, chip.values if chip.part == listed else {}),
        options_url=f"{reverse('filter-options')}?{urlencode({'listing': place.listing, 'part': listed})}",
        how=_how(chip.part) if "." in chip.part else (),
        is_long=listed in options.OFFERED,
    )


def _how(key: str) -> list[Option]:
    chosen = key.partition(".")[2]
    return [Option(value=how, name=name, is_chosen=how == chosen) for how, name in HOW.items()]


def _dates(chosen: dates.Dates | None, chip: Chip, place: Place) -> Picker:
    name = BY_KEY[chip.part].name
    spans = [
        Link(
            name=dates.parse(said).words.capitalize(),
            url=address(place.path, [*chip.others, (name, said)]),
            is_chosen=str(chosen) == said,
        )
        for said in PRESETS
    ]
    days = (chosen.first, chosen.last) if isinstance(chosen, dates.Between) else (None, None)
    first, last = (day.isoformat() if day else "" for day in days)
    return Picker(kind="dates", name=name, key=chip.part, spans=spans, first=first, last=last)
