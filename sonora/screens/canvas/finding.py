"""The canvas or the block that an address names, for whom may look at it or change it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from sonora.canvas import edits
from sonora.canvas.models import Block, Canvas
from sonora.workspaces.access import Request
from sonora.workspaces.models import Membership


def readable(request: Request, pk: int) -> Canvas:
    """Raises Http404 when it is nobody's, or not open to who asks."""
    open_to = Canvas.objects.all().open_to(request.membership)
    return get_object_or_404(open_to.select_related("owner__user"), pk=pk)


def changeable(request: Request, pk: int) -> Canvas:
    """Raises Http404 as `readable` does, and when who asks may only look."""
    return get_object_or_404(Canvas.objects.all().changeable_by(request.membership), pk=pk)


def block(canvas: Canvas, pk: int) -> Block:
    """The block *pk* of *canvas*. Raises Http404."""
    found = get_object_or_404(Block.objects.filter(canvas=canvas), pk=pk)
    found.canvas = canvas
    return found


def standing(request: Request, canvas: Canvas, pk: int) -> Block | None:
    """The block *pk* of *canvas*; None when somebody removed it meanwhile, which who asks is told.

    Raises Http404 when it never was there.
    """
    try:
        return block(canvas, pk)
    except Http404:
        deed = edits.removal(canvas, pk)
        if deed is None:
            raise
    messages.warning(request, f"This block is gone. {deed.by}: {deed.deed}. The history can bring it back.")
    return None


def shown_with(request: Request, pk: int, block: int) -> tuple[Block, list[Block]]:
    """The block *block* of the canvas *pk*, which is read with it, and all blocks of that canvas in order.

    Raises Http404 where the canvas is not open to who asks, or has no such block.
    """
    open_to = Canvas.objects.all().open_to(request.membership)
    order = list(Block.objects.filter(canvas=pk, canvas__in=open_to).in_order())
    found = next((one for one in order if one.pk == block), None)
    if found is None:
        raise Http404
    return found, order


def may_change(canvas: Canvas, member: Membership) -> bool:
    """Whether *member*, to whom *canvas* is open, may change it."""
    return canvas.owner_id == member.pk or canvas.access == Canvas.Access.EDIT


def place_of(block: Block) -> str:
    """The address of the canvas at *block*, which has the focus there."""
    return f"{reverse('canvas', args=[block.canvas_id])}?at={block.pk}#block-{block.pk}"


def number(sent: str) -> int:
    """A version or a primary key that a form sends; 0, which none is, for anything else."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 19 else 0
