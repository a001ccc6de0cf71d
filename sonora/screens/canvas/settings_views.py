"""What counts for a whole canvas: its title, who may open it, its filter; and deleting it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from sonora.canvas import canvases
from sonora.canvas.models import Canvas
from sonora.canvas.versions import ChangedMeanwhile
from sonora.filters.chips import chips
from sonora.filters.filterset import Asked, FilterSet
from sonora.screens import connection
from sonora.screens.canvas import finding, telling
from sonora.screens.filters.bar import bar
from sonora.screens.filters.place import BESIDE, Place
from sonora.workspaces.access import Request, member

SET = "set"  # in an address: that it says the whole filter, though it may be empty
REFUSED = 422


@require_http_methods(["GET", "POST"])
@member
def settle(request: Request, pk: int) -> HttpResponse:
    """Title, and who may open it."""
    canvas, conflict = finding.changeable(request, pk), None
    sent = {name: request.POST.get(name, getattr(canvas, name)) for name in ("title", "access")}
    if request.method == "POST":
        if sent["access"] not in Canvas.Access.values:
            sent["access"] = canvas.access
        try:
            edit = canvases.settle(canvas, **sent, version=_version(request), by=request.membership)
        except ChangedMeanwhile as error:
            conflict = error
            canvas = finding.changeable(request, pk)
        else:
            if edit is None:
                messages.success(request, "Saved.")
            telling.tell(request, edit)
            return redirect("canvas", pk=pk)
    context = {
        "canvas": canvas,
        "sent": sent,
        "conflict": conflict,
        "choices": Canvas.Access.choices,
        "is_mine": canvas.owner_id == request.membership.pk,
    }
    return render(request, "canvas/settings.html", context, status=REFUSED if conflict else 200)


@require_http_methods(["GET", "POST"])
@member
def narrow(request: Request, pk: int) -> HttpResponse:
    """The filter of all blocks: picked by address, saved by a form. With *without* a part of it is left open."""
    canvas, conflict = finding.changeable(request, pk), None
    asked = _asked(request, canvas)
    if request.method == "POST":
        try:
            telling.tell(
                request, canvases.narrow(canvas, asked.shown, version=_version(request), by=request.membership)
            )
        except ChangedMeanwhile as error:
            conflict = error
            canvas = finding.changeable(request, pk)
        else:
            return redirect("canvas", pk=pk)
    path = reverse("canvas-filters", args=[pk])
    place = Place.of(request.GET, path=path, listing="conversations", kept=((SET, "1"),))
    problem = connection.tags_problem(connection.of(request))
    context = {
        "canvas": canvas,
        "conflict": conflict,
        "now": chips(canvas.shown, path=path) if conflict else [],
        "pairs": asked.shown.pairs,
        "bar": bar(asked, connection.viewer(request), place, tags_problem=problem),
        "is_changed": asked.shown != canvas.shown,
        "address": f"{path}?{urlencode([(SET, '1'), *asked.shown.pairs])}",
    }
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    template = "canvas/_filters.html" if is_fragment else "canvas/filters.html"
    return render(request, template, context, status=REFUSED if conflict else 200)


@require_POST
@member
def delete(request: Request, pk: int) -> HttpResponse:
    """Its owner's alone to do."""
    canvas = get_object_or_404(Canvas.objects.all().of(request.membership), pk=pk)
    try:
        canvases.delete(canvas, version=_version(request), by=request.membership)
    except ChangedMeanwhile as error:
        messages.warning(request, f"{error} It was not deleted.")
        return redirect("canvas", pk=pk)
    messages.info(request, f"“{canvas.title}” is deleted.")
    return redirect("canvases")


def _asked(request: Request, canvas: Canvas) -> Asked:
    """The filter that the address or the form says; where neither says one, that of *canvas*."""
    if part := request.POST.get("without"):
        return Asked(canvas.shown.without(part) if part in canvas.shown.parts else canvas.shown, [])
    data = request.POST if request.method == "POST" else request.GET
    if SET not in data:
        return Asked(canvas.shown, [])
    return FilterSet.asked(data, beside=BESIDE | {SET, "version", "csrfmiddlewaretoken"})


def _version(request: Request) -> int:
    return finding.number(request.POST.get("version", ""))
