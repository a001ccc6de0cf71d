"""One block: shown by itself, arranged, and taken away as a file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sonora.canvas import blocks, combining, kinds
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block
from sonora.canvas.versions import ChangedMeanwhile
from sonora.core import csv_safe
from sonora.screens import connection
from sonora.screens.canvas import card, finding
from sonora.screens.chat import thread_views
from sonora.workspaces import audit
from sonora.workspaces.access import Request, member


@require_GET
@member
def show(request: Request, pk: int, block: int) -> HttpResponse:
    """The block alone: a part of its canvas for htmx, a page for everybody else."""
    canvas = finding.readable(request, pk)
    order = blocks.in_order(canvas)
    found = next((one for one in order if one.pk == block), None)
    if found is None:
        raise Http404
    found.canvas = canvas
    held_since = connection.held_since(connection.of(request))
    context = {
        "canvas": canvas,
        "card": card.of(found, order, connection.viewer(request), held_since=held_since),
        "may_change": finding.may_change(canvas, request.membership),
        "has_focus": "focus" in request.GET,
        "synced_at": connection.synced_at(connection.of(request)),
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, "canvas/_block.html" if is_fragment else "canvas/block.html", context)


@require_POST
@member
def arrange(request: Request, pk: int, block: int) -> HttpResponse:
    """Move, resize or remove the block, or leave a part of its filter open (*act* says which)."""
    canvas = finding.changeable(request, pk)
    found, act = finding.block(canvas, block), ACTS.get(request.POST.get("act", ""))
    try:
        if act:
            act(request, found)
    except ChangedMeanwhile as error:
        messages.warning(request, f"{error} Nothing was overwritten: this is how it is now.")
    return redirect(finding.place_of(found))


@require_GET
@member
def export(request: Request, pk: int, block: int) -> StreamingHttpResponse:
    """The rows of the block as CSV."""
    canvas = finding.readable(request, pk)
    found, viewer = finding.block(canvas, block), connection.viewer(request)
    meant, kind = found.meant, Kind(found.kind)
    if meant is None or kind not in kinds.possible(meant):
        raise Http404
    query = kinds.fitted(meant, kind)
    both = combining.both(canvas.shown, query.filters, metric=query.metric, viewer=viewer)
    if not both.is_sayable:
        raise Http404
    audit.record("canvas.exported", subject=found.title, request=request)
    return StreamingHttpResponse(
        csv_safe.lines(list(thread_views.rows(query.narrowed(both.filters), viewer))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="block-{found.pk}.csv"'},
    )


def _move(request: Request, block: Block) -> None:
    blocks.move(block, over=finding.number(request.POST.get("over", "")))


def _resize(steps: int) -> Callable[[Request, Block], None]:
    def resize(request: Request, block: Block) -> None:
        blocks.resize(block, by_steps=steps, version=_version(request), by=request.membership)

    return resize


def _remove(request: Request, block: Block) -> None:
    blocks.remove(block, version=_version(request), by=request.membership)
    messages.info(request, f"“{block.title}” is removed.")


def _open(request: Request, block: Block) -> None:
    blocks.leave_open(block, request.POST.get("part", ""), version=_version(request), by=request.membership)


def _version(request: Request) -> int:
    return finding.number(request.POST.get("version", ""))


ACTS: dict[str, Callable[[Request, Block], None]] = {
    "move": _move,
    "wider": _resize(1),
    "narrower": _resize(-1),
    "remove": _remove,
    "open": _open,
}
