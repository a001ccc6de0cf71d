"""One block as a card: its title and chips, what it shows, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sonora.canvas import kinds
from sonora.canvas.kinds import Kind
from sonora.canvas.models import WIDTHS, Block
from sonora.filters.chips import Chip, chips
from sonora.filters.viewer import Viewer
from sonora.screens.canvas.body import Body, body

ICONS = {
    Kind.METRIC: "number",
    Kind.LIST: "list",
    Kind.TABLE: "table",
    Kind.BARS: "bars",
    Kind.LINE: "line",
    Kind.TEXT: "text",
}
BROKEN = "The question of this block can't be read any more. Edit the block, and ask anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """*above* and *below* are the blocks next to it. *gone* names what its own filter asks for that is no more."""

    block: Block
    icon: str
    inherited: Sequence[Chip]
    own: Sequence[Chip]
    gone: Sequence[str]
    body: Body
    above: Block | None
    below: Block | None
    now: int

    @property
    def other_kinds(self) -> list[tuple[Kind, str]]:
        """What else can show it, each with its icon."""
        query = self.block.meant
        return [(kind, ICONS[kind]) for kind in (kinds.possible(query) if query else []) if kind != self.block.kind]

    @property
    def can_widen(self) -> bool:
        return self.block.width < WIDTHS[-1]

    @property
    def can_narrow(self) -> bool:
        return self.block.width > WIDTHS[0]


def of(block: Block, order: Sequence[Block], viewer: Viewer, *, held_since: int | None) -> Card:
    """*block*, whose canvas was read with it, as *viewer* sees it now; *order* are all blocks of the canvas.

    *held_since*: see `body`.
    """
    canvas, query = block.canvas.shown, block.meant
    inherited, own = chips(canvas, path=""), chips(query.filters, path="") if query else []
    at = order.index(block)
    return Card(
        block=block,
        icon=ICONS[Kind(block.kind)],
        inherited=inherited,
        own=own,
        gone=[name for chip in own for name in chip.gone],
        body=body(query, Kind(block.kind), canvas, viewer, held_since=held_since)
        if query
        else Body(kind=block.kind, problem=BROKEN),
        above=order[at - 1] if at else None,
        below=order[at + 1] if at + 1 < len(order) else None,
        now=viewer.now,
    )
