"""The preview of a draft; two of them where its description may mean two things."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block
from sonora.filters.chips import Chip, chips
from sonora.screens.canvas.draft import Draft

PLACE = "place"  # in the address of a preview: which one of the page it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the readings of the words *unsure*: its name, what it filters by and how it is shown, its preview, and the
    draft with it.
    """

    unsure: str
    name: str
    chips: Sequence[Chip]
    kind: Kind
    preview_url: str
    url: str


def preview_url(draft: Draft, block: Block | None, *, place: int = 1) -> str:
    """The address of what *draft* would show, on the canvas of *block* where one is changed."""
    pairs = [(name, value) for name, value in draft.pairs if name != "canvas"]
    canvas = str(block.canvas_id) if block else draft.canvas
    return f"{reverse('preview-block')}?{urlencode([*pairs, ('canvas', canvas), (PLACE, str(place))])}"


def choices(draft: Draft, path: str, block: Block | None) -> list[Choice]:
    """What *draft*, which is made or changed at *path*, may mean; nothing where that is plain."""
    return [
        Choice(
            unsure=one.unsure,
            name=one.name,
            chips=chips(one.draft.asked.shown, path=""),
            kind=one.draft.kind,
            preview_url=preview_url(one.draft, block, place=place),
            url=f"{path}?{urlencode(one.draft.pairs)}",
        )
        for place, one in enumerate(draft.readings, start=1)
    ]
