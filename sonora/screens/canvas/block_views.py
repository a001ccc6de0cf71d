"""One block: shown by itself, arranged, and taken away as a file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sonora.canvas import blocks, canvases, combining, kinds
from sonora.canvas.kinds import Kind
from sonora.canvas.models import Block, Edit
from sonora.canvas.versions import ChangedMeanwhile
from sonora.core import csv_safe
from sonora.screens import connection
from sonora.screens.canvas import card, finding, telling
from sonora.screens.chat import thread_views
from sonora.workspaces import audit
from sonora.workspaces.access import Request, member

EVERY = 300  # seconds after which a block that is presented is worked out again
Act = Callable[[Request, Block], Edit | None]


@require_GET
@member
def show(request: Request, pk: int, block: int) -> HttpResponse:
    """The block alone: a part of its canvas for htmx, a page for everybody else."""
    found, order = finding.shown_with(request, pk, block)
    canvas = found.canvas
    is_presented = "present" in request.GET
    context = {
        "canvas": canvas,
        "card": card.of(found, order, connection.viewer(request), connection=connection.of(request)),
        "may_change": finding.may_change(canvas, request.membership) and not is_presented,
        "is_presented": is_presented,
        "every": EVERY,
        "has_focus": "focus" in request.GET,
    }
    is_fragment = request.htmx and not request.htmx.history_restore_request
    return render(request, "canvas/_block.html" if is_fragment else "canvas/block.html", context)


@require_POST
@member
def arrange(request: Request, pk: int, block: int) -> HttpResponse:
    """Copy, move, resize or remove the block, show it otherwise, or leave a part of its filter open (*act*)."""
    canvas = finding.changeable(request, pk)
    found = finding.standing(request, canvas, block)
    if found is None:
        return redirect("canvas", pk=pk)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        telling.tell(request, act(request, found) if act else None)
    except ChangedMeanwhile as error:
        messages.warning(request, f"{error} Nothing was overwritten: this is how it is now.")
    except canvases.TooMany:
        messages.warning(request, f"A canvas has {blocks.MOST} blocks at most. Remove one first.")
    except ValueError:
        messages.warning(request, "This block can't be shown like that.")
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
    if both.contradicted:
        raise Http404
    audit.record("canvas.exported", subject=found.title, request=request)
    return StreamingHttpResponse(
        csv_safe.lines(list(thread_views.rows(query.narrowed(both.filters), viewer))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="block-{found.pk}.csv"'},
    )


def _duplicate(request: Request, block: Block) -> Edit:
    return blocks.duplicate(block, by=request.membership)


def _show_as(request: Request, block: Block) -> Edit:
    kind = Kind(request.POST.get("kind", ""))
    return blocks.show_as(block, kind, version=_version(request), by=request.membership)


def _move(request: Request, block: Block) -> Edit:
    return blocks.move(block, over=finding.number(request.POST.get("over", "")), by=request.membership)


def _put(request: Request, block: Block) -> Edit:
    return blocks.put(block, at=finding.number(request.POST.get("over", "")), by=request.membership)


def _resize(request: Request, block: Block) -> Edit:
    width = finding.number(request.POST.get("width", ""))
    return blocks.resize(block, width, version=_version(request), by=request.membership)


def _remove(request: Request, block: Block) -> Edit:
    return blocks.remove(block, version=_version(request), by=request.membership)


def _open(request: Request, block: Block) -> Edit | None:
    return blocks.leave_open(block, request.POST.get("part", ""), version=_version(request), by=request.membership)


def _version(request: Request) -> int:
    return finding.number(request.POST.get("version", ""))


ACTS: dict[str, Act] = {
    "duplicate": _duplicate,
    "show": _show_as,
    "move": _move,
    "put": _put,
    "size": _resize,
    "remove": _remove,
    "open": _open,
}
