"""The canvas that `pages_of_scale` asks for: eight blocks, of every kind and of everything that can be counted."""

from datetime import UTC

from sonora.canvas import blocks, canvases
from sonora.canvas.blocks import Content
from sonora.canvas.describing import described
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block, Canvas
from sonora.core import clock
from sonora.filters.viewer import Viewer
from sonora.workspaces.models import Membership

TITLE = "Eight blocks"
BLOCKS = (
    (Kind.METRIC, "How many unhappy customers in the last 30 days?"),
    (Kind.LINE, "People per week over the last 3 months"),
    (Kind.BARS, "Customers by tag in the last 30 days"),
    (Kind.TABLE, "Sentiment by customer in the last 30 days"),
    (Kind.BARS, "Top 10 requests by customers"),
    (Kind.LIST, "Unhappy people this month"),
    (Kind.TEXT, "What changed this week?"),
    (Kind.TABLE, "People by teammate in the last 90 days"),
)


def canvas(member: Membership) -> tuple[Canvas, list[Block]]:
    """The canvas of *member*, made when it is asked for first, inside the scope of their workspace."""
    held = Canvas.objects.all().of(member).filter(title=TITLE).first()
    if held is not None:
        return held, blocks.in_order(held)
    made, viewer = canvases.begin(TITLE, by=member), Viewer(notes=True, now=clock.now(), zone=UTC)
    for kind, prompt in BLOCKS:
        query = described(prompt, viewer).query
        if query is None:
            raise SystemExit(f"Nobody understands {prompt!r}.")
        blocks.add(made, Content(title=prompt, kind=kind, query=query, prompt=prompt), by=member)
    return made, blocks.in_order(made)
