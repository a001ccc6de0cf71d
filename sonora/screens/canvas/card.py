"""One block as a card: its title and chips, what it shows, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from integrations.models import Connection
from sonora.canvas import kinds, lasting
from sonora.canvas.calculating import Result
from sonora.canvas.kinds import Kind
from sonora.canvas.lasting import Last
from sonora.canvas.models import COLUMNS, WIDTHS, Block
from sonora.chat.answers import sentences
from sonora.filters.chips import Chip, chips
from sonora.filters.viewer import Viewer
from sonora.screens import connection as connections
from sonora.screens.canvas import caveats
from sonora.screens.canvas.body import Body, body
from sonora.screens.canvas.caveats import Caveat

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
    """*before* and *after* are the blocks next to it, *is_beside* says which of them stand in its row.

    *gone* names what its own filter asks for that is no more, *shared* says what all blocks may lack, *caveats* what
    this one may; *last* is what it showed before, where it can't be worked out.
    """

    block: Block
    icon: str
    inherited: Sequence[Chip]
    own: Sequence[Chip]
    gone: Sequence[str]
    shared: Caveat | None
    caveats: Sequence[Caveat]
    body: Body
    last: Last | None
    before: Block | None
    after: Block | None
    is_beside: tuple[bool, bool]
    now: int

    @property
    def as_of(self) -> int:
        """When what it shows was true, in Unix seconds."""
        since = self.shared.since if self.shared else None
        return self.last.at if self.last else since or self.now

    @property
    def is_own(self) -> bool:
        """Whether the block alone says the part without which it would show something."""
        return self._says(self.own) and not self._says(self.inherited)

    @property
    def is_inherited(self) -> bool:
        """Whether the canvas alone does."""
        return self._says(self.inherited) and not self._says(self.own)

    def _says(self, chips: Sequence[Chip]) -> bool:
        nearest = self.body.nearest
        return nearest is not None and any(chip.part == nearest.part for chip in chips)

    @property
    def other_kinds(self) -> list[tuple[Kind, str]]:
        """What else can show it, each with its icon."""
        query = self.block.meant
        return [(kind, ICONS[kind]) for kind in (kinds.possible(query) if query else []) if kind != self.block.kind]

    @property
    def other_widths(self) -> list[tuple[int, str]]:
        """How wide it may be instead, in columns and in words."""
        return [(width, said) for width, said in WIDTHS.items() if width != self.block.width]


def of(block: Block, order: Sequence[Block], viewer: Viewer, *, connection: Connection | None) -> Card:
    """*block*, whose canvas was read with it, as *viewer* sees it now; *order* are all blocks of the canvas."""
    canvas, query = block.canvas.shown, block.meant
    inherited, own = chips(canvas, path=""), chips(query.filters, path="") if query else []
    at, rows, shown = order.index(block), _rows(order), _body(block, viewer, connection)
    return Card(
        block=block,
        icon=ICONS[Kind(block.kind)],
        inherited=inherited,
        own=own,
        gone=[name for chip in own for name in chip.gone],
        shared=caveats.shared(connection, viewer),
        caveats=caveats.of(query, canvas, connection, viewer) if query else [],
        body=shown,
        last=lasting.of(block, viewer) if shown.can_retry else None,
        before=order[at - 1] if at else None,
        after=order[at + 1] if at + 1 < len(order) else None,
        is_beside=(rows[at - 1 : at] == rows[at : at + 1], rows[at + 1 : at + 2] == rows[at : at + 1]),
        now=viewer.now,
    )


def _rows(order: Sequence[Block]) -> list[int]:
    """The row in which each block of *order* stands where there is room for twelve columns."""
    rows, used = [0] * len(order), 0
    for at, one in enumerate(order):
        used += one.width
        rows[at] = (rows[at - 1] if at else 0) + (used > COLUMNS)
        used = one.width if used > COLUMNS else used
    return rows


def _body(block: Block, viewer: Viewer, connection: Connection | None) -> Body:
    """What *block* shows, which is kept for when it can't be worked out."""
    query, kind = block.meant, Kind(block.kind)
    if query is None:
        return Body(kind=kind, problem=BROKEN)
    held_since = connections.held_since(connection)
    feels = connection is None or connection.analyse_sentiment
    place = str(block.pk)
    shown = body(query, kind, block.canvas.shown, viewer, place=place, held_since=held_since, feels=feels)
    if shown.result and lasting.is_due(block, viewer):
        lasting.keep(block, _last(shown, shown.result), viewer)
    return shown


def _last(shown: Body, result: Result) -> Last:
    """What *shown* says: of a table that is its lines alone."""
    lines = [(line.label, line.cells[0].number) for line in shown.lines]
    if result.count is None:
        return Last(lines=lines)
    number = result.count.number
    return Last(number=number, noun=sentences.noun(result.query, number), url=shown.count_url, lines=lines)
