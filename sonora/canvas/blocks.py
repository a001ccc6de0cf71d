"""What somebody does to a block: add it, change it, copy it, move it, size it, remove it.

Each gives the edit by which it can be undone.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from sonora.canvas import edits, kinds
from sonora.canvas.canvases import TooMany, titled
from sonora.canvas.kinds import Kind
from sonora.canvas.models import LONGEST_PROMPT, LONGEST_TITLE, WIDTHS, Block, Canvas, Edit
from sonora.canvas.versions import ChangedMeanwhile, claim
from sonora.chat.query import Query
from sonora.core import clock
from sonora.core.text import clean_text
from sonora.filters.parts import BY_KEY
from sonora.workspaces.models import Membership

MOST = 24  # of one canvas
COPY = " (copy)"
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
        prompt = _on_one_line(self.prompt)
        title = titled(self.title) or titled(prompt) or str(self.query.metric.value).capitalize()
        return {"title": title, "prompt": prompt, "kind": self.kind, "query": self.query.as_json()}


def add(canvas: Canvas, content: Content, *, by: Membership) -> Block:
    """A block behind all others of *canvas*. Raises TooMany, and ValueError as `Content` does."""
    fields = content.fields
    with transaction.atomic():
        edits.begin(canvas, f"Added “{fields['title']}”", by=by)
        order = _with_room(canvas)
        return Block.objects.create(
            workspace_id=canvas.workspace_id,
            canvas=canvas,
            place=order[-1].place + 1 if order else 1,
            width=OWN_WIDTHS[content.kind],
            changed_by=str(by.user),
            updated_at=clock.now(),
            **fields,
        )


def duplicate(block: Block, *, by: Membership) -> Edit:
    """Put a copy of *block* right behind it. Raises TooMany, and ChangedMeanwhile when it is gone."""
    with transaction.atomic():
        edit = edits.begin(block.canvas, f"Duplicated “{block.title}”", by=by)
        order = _with_room(block.canvas)
        at = next((place for place, one in enumerate(order) if one.pk == block.pk), None)
        if at is None:
            raise ChangedMeanwhile
        now = order[at]
        fields = {name: getattr(now, name) for name in ("title", "prompt", "kind", "query", "width")}
        fields["title"] = titled(f"{now.title[: LONGEST_TITLE - len(COPY)]}{COPY}")
        marks = {"changed_by": str(by.user), "updated_at": clock.now()}
        copy = Block(workspace_id=now.workspace_id, canvas=block.canvas, place=now.place, **fields, **marks)
        copy.save(force_insert=True)
        _place([*order[: at + 1], copy, *order[at + 1 :]])
    return edit


def change(block: Block, content: Content, *, version: int, by: Membership) -> Edit:
    """Raises ChangedMeanwhile, and ValueError as `Content` does."""
    return _write(block, content.fields, f"Changed “{block.title}”", version=version, by=by)


def show_as(block: Block, kind: Kind, *, version: int, by: Membership) -> Edit:
    """Let *kind* show what *block* asks. Raises ChangedMeanwhile, and ValueError where that cannot."""
    if block.meant is None:
        raise ValueError("What the block asks can't be read any more.")
    kinds.fitted(block.meant, kind)
    return _write(block, {"kind": kind}, f"Showed “{block.title}” as {kind.label.lower()}", version=version, by=by)


def leave_open(block: Block, part: str, *, version: int, by: Membership) -> Edit | None:
    """Ask the same without *part* (a key) of the block's own filter; None where it says none.

    Raises ChangedMeanwhile.
    """
    query = block.meant
    if query is None or part not in query.filters.parts:
        return None
    wider = query.narrowed(query.filters.without(part))
    deed = f"Removed the filter {BY_KEY[part].label} of “{block.title}”"
    return _write(block, {"query": wider.as_json()}, deed, version=version, by=by)


def resize(block: Block, width: int, *, version: int, by: Membership) -> Edit:
    """Make *block* so wide (one of `WIDTHS`). Raises ChangedMeanwhile, and ValueError for any other width."""
    if width not in WIDTHS:
        raise ValueError(f"No block is {width} columns wide.")
    return _write(block, {"width": width}, f"Made “{block.title}” {WIDTHS[width]} wide", version=version, by=by)


def move(block: Block, *, over: int, by: Membership) -> Edit:
    """Let *block* change places with the block *over* (primary key), which stands next to it.

    Raises ChangedMeanwhile when it does not stand there any more.
    """
    return _put(block, over, farthest=1, by=by)


def put(block: Block, *, at: int, by: Membership) -> Edit:
    """Let *block* take the place of the block *at* (primary key), wherever that stands; those between them move up.

    Raises ChangedMeanwhile when either is gone.
    """
    return _put(block, at, farthest=MOST, by=by)


def remove(block: Block, *, version: int, by: Membership) -> Edit:
    """Raises ChangedMeanwhile."""
    with transaction.atomic():
        edit = edits.begin(block.canvas, f"Removed “{block.title}”", by=by)
        claim(block, version=version, by=by)
        Block.objects.filter(pk=block.pk).delete()
    return edit


def asking(query: Query, prompt: str, *, member: Membership) -> Block | None:
    """The latest block that *member* may look at, was described as *prompt* and still asks *query*."""
    open_to = Canvas.objects.all().open_to(member)
    described = Block.objects.filter(canvas__in=open_to, prompt=_on_one_line(prompt)).order_by("-pk")
    return next((block for block in described if block.meant == query), None)


def in_order(canvas: Canvas) -> list[Block]:
    """The blocks of *canvas*, the first one first."""
    return list(Block.objects.filter(canvas=canvas).in_order())


def _on_one_line(prompt: str) -> str:
    return " ".join(clean_text(prompt).split())[:LONGEST_PROMPT]


def _with_room(canvas: Canvas) -> list[Block]:
    """The blocks of *canvas* in order. Raises TooMany when there can be no more."""
    order = in_order(canvas)
    if len(order) >= MOST:
        raise TooMany
    return order


def _put(block: Block, over: int, *, farthest: int, by: Membership) -> Edit:
    with transaction.atomic():
        edit = edits.begin(block.canvas, f"Moved “{block.title}”", by=by)
        order = in_order(block.canvas)
        places = {one.pk: place for place, one in enumerate(order)}
        if not 0 < abs(places.get(block.pk, -2 * MOST) - places.get(over, 4 * MOST)) <= farthest:
            raise ChangedMeanwhile
        order.insert(places[over], order.pop(places[block.pk]))
        _place(order)
    return edit


def _place(order: list[Block]) -> None:
    for place, one in enumerate(order, start=1):
        one.place = place
    Block.objects.bulk_update(order, ["place"])


def _write(block: Block, fields: dict[str, Any], deed: str, *, version: int, by: Membership) -> Edit:
    with transaction.atomic():
        edit = edits.begin(block.canvas, deed, by=by)
        claim(block, version=version, by=by)
        Block.objects.filter(pk=block.pk).update(**fields)
    return edit
