"""The canvases that one may open, and one of them."""

from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sonora.canvas import blocks, canvases, library
from sonora.canvas.models import Canvas
from sonora.filters.chips import chips
from sonora.screens import connection
from sonora.screens.canvas import block_views, finding
from sonora.workspaces.access import Request, member

MOST = 100  # canvases of others in the list
MINUTE = 60  # seconds after which a screen on a wall asks whether all is well


@require_GET
@member
def index(request: Request) -> HttpResponse:
    found = Canvas.objects.annotate(number=Count("blocks")).order_by("-updated_at", "-pk")
    shared = found.exclude(owner=request.membership).exclude(access=Canvas.Access.PRIVATE)
    context = {
        "own": found.filter(owner=request.membership)[: canvases.MOST],
        "shared": shared.select_related("owner__user")[:MOST],
        "most": MOST,
        "watched": [library.BY_KEY[key] for key in library.WATCHED],
        "templates": library.TEMPLATES,
        "library": library.BLOCKS,
        "first": library.FIRST,
    }
    return render(request, "canvas/index.html", context)


@require_POST
@member
def create(request: Request) -> HttpResponse:
    """Begin a canvas with a *title*, and with the ready-made blocks that are named (*ready*)."""
    viewer = connection.viewer(request)
    ready = [library.BY_KEY[key] for key in request.POST.getlist("ready") if key in library.BY_KEY]
    contents = [one.content(viewer) for one in ready[: blocks.MOST]]
    try:
        with transaction.atomic():
            canvas = canvases.begin(request.POST.get("title", ""), by=request.membership)
            for content in contents:
                blocks.add(canvas, content, by=request.membership)
    except canvases.TooMany:
        messages.warning(request, f"You have {canvases.MOST} canvases. Delete one first.")
        return redirect("canvases")
    return redirect("canvas", pk=canvas.pk)


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    """The canvas; its blocks come each by itself."""
    canvas = finding.readable(request, pk)
    filters = chips(canvas.shown, path="")
    context = {
        "canvas": canvas,
        "chips": filters,
        "gone": [name for chip in filters for name in chip.gone],
        "blocks": blocks.in_order(canvas),
        "may_change": finding.may_change(canvas, request.membership),
        "is_mine": canvas.owner_id == request.membership.pk,
        "connection": connection.of(request),
        "synced_at": connection.synced_at(connection.of(request)),
        "library": library.BLOCKS,
        "at": finding.number(request.GET.get("at", "")),
    }
    return render(request, "canvas/show.html", context)


@require_GET
@member
def present(request: Request, pk: int) -> HttpResponse:
    """The canvas alone, for a screen on a wall: its blocks come again every few minutes.

    What its figures may lack is asked for each minute; once the canvas is another than was *seen* (when it was last
    changed, in Unix seconds), all of it is loaded anew.
    """
    canvas = finding.readable(request, pk)
    is_fragment = request.htmx and not request.htmx.history_restore_request
    if is_fragment and finding.number(request.GET.get("seen", "")) != canvas.updated_at:
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Refresh": "true"})
    filters = chips(canvas.shown, path="")
    context = {
        "canvas": canvas,
        "chips": filters,
        "gone": [name for chip in filters for name in chip.gone],
        "blocks": blocks.in_order(canvas),
        "is_presented": True,
        "every": block_views.EVERY,
        "minute": MINUTE,
    }
    return render(request, "canvas/_standing.html" if is_fragment else "canvas/present.html", context)
