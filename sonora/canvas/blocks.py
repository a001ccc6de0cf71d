"""What somebody does to a block: add it, change it, move it, make it wider or narrower, remove it."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from sonora.canvas import kinds
from sonora.canvas.canvases import TooMany, titled
from sonora.canvas.kinds import Kind
from sonora.canvas.models import LONGEST_PROMPT, WIDTHS, Block, Canvas
from sonora.canvas.versions import ChangedMeanwhile, claim
from sonora.chat.query import Query
from sonora.core import clock
from sonora.core.text import clean_text
from sonora.workspaces.models import Membership

MOST = 24  # of one canvas
OWN_WIDTHS = {Kind.METRIC: 4, Kind.LIST: 12, Kind.TABLE: 7, Kind.BARS: 5, Kind.LINE: 8, Kind.TEXT: 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a block says: *prompt* is the description that *query* was read from, empty where there was none."""

    title: str
    kind: Kind
    query: Query
    prompt: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """As columns. Raises ValueError when the kind cannot show the query."""
        kinds.fitted(self.query, self.kind)
        prompt = " ".join(clean_text(self.prompt).split())[:LONGEST_PROMPT]
        title = titled(self.title) or titled(prompt) or str(self.query.metric.value).capitalize()
        return {"title": title, "prompt": prompt, "kind": self.kind, "query": self.query.as_json()}


def add(canvas: Canvas, content: Content, *, by: Membership) -> Block:
    """A block behind all others of *canvas*. Raises TooMany, and ValueError as `Content` does."""
    with transaction.atomic():
        touch(canvas)
        blocks = Block.objects.filter(canvas=canvas)
        if blocks.count() >= MOST:
            raise TooMany
        return Block.objects.create(
            workspace_id=canvas.workspace_id,
            canvas=canvas,
            place=(blocks.aggregate(last=Max("place"))["last"] or 0) + 1,
            width=OWN_WIDTHS[content.kind],
            changed_by=str(by.user),
            updated_at=clock.now(),
            **content.fields,
        )


def change(block: Block, content: Content, *, version: int, by: Membership) -> None:
    """Raises ChangedMeanwhile, and ValueError as `Content` does."""
    _write(block, content.fields, version=version, by=by)


def leave_open(block: Block, part: str, *, version: int, by: Membership) -> None:
    """Ask the same without *part* (a key) of the block's own filter. Raises ChangedMeanwhile."""
    query = block.meant
    if query is not None and part in query.filters.parts:
        wider = query.narrowed(query.filters.without(part))
        _write(block, {"query": wider.as_json()}, version=version, by=by)


def resize(block: Block, *, by_steps: int, version: int, by: Membership) -> None:
    """Make *block* wider (1) or narrower (-1), as far as that goes. Raises ChangedMeanwhile."""
    now = WIDTHS.index(min(WIDTHS, key=lambda width: abs(width - block.width)))
    _write(block, {"width": WIDTHS[min(max(now + by_steps, 0), len(WIDTHS) - 1)]}, version=version, by=by)


def move(block: Block, *, over: int) -> None:
    """Let *block* change places with the block *over* (primary key), which stands next to it.

    Raises ChangedMeanwhile when it does not stand there any more.
    """
    with transaction.atomic():
        touch(block.canvas)
        order = in_order(block.canvas)
        places = {one.pk: at for at, one in enumerate(order)}
        if abs(places.get(block.pk, -2) - places.get(over, -4)) != 1:
            raise ChangedMeanwhile
        order[places[block.pk]], order[places[over]] = order[places[over]], order[places[block.pk]]
        for place, one in enumerate(order, start=1):
            one.place = place
        Block.objects.bulk_update(order, ["place"])


def remove(block: Block, *, version: int, by: Membership) -> None:
    """Raises ChangedMeanwhile."""
    with transaction.atomic():
        touch(block.canvas)
        claim(block, version=version, by=by)
        Block.objects.filter(pk=block.pk).delete()


def in_order(canvas: Canvas) -> list[Block]:
    """The blocks of *canvas*, the first one first."""
    return list(Block.objects.filter(canvas=canvas).order_by("place", "pk"))


def touch(canvas: Canvas) -> None:
    """Note that something in *canvas* changes, and hold it until the transaction ends.

    Raises ChangedMeanwhile when it is gone.
    """
    if not Canvas.objects.filter(pk=canvas.pk).update(updated_at=clock.now()):
        raise ChangedMeanwhile


def _write(block: Block, fields: dict[str, Any], *, version: int, by: Membership) -> None:
    with transaction.atomic():
        touch(block.canvas)
        claim(block, version=version, by=by)
        Block.objects.filter(pk=block.pk).update(**fields)
