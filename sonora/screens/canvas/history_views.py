"""What was done to a canvas, and going back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from sonora.canvas import edits
from sonora.canvas.models import Edit
from sonora.canvas.versions import ChangedMeanwhile
from sonora.screens.canvas import finding, telling
from sonora.workspaces.access import Request, member


@require_GET
@member
def history(request: Request, pk: int) -> HttpResponse:
    """What was done in the last 30 days, the latest first."""
    canvas = finding.changeable(request, pk)
    return render(request, "canvas/history.html", {"canvas": canvas, "edits": edits.of(canvas)})


@require_POST
@member
def undo(request: Request, pk: int, edit: int) -> HttpResponse:
    """Make the canvas as it was before an edit, unless there is a later one than the last that was *seen*."""
    canvas = finding.changeable(request, pk)
    found = get_object_or_404(Edit.objects.filter(canvas=canvas), pk=edit)
    try:
        seen = finding.number(request.POST.get("seen", "")) or found.pk
        telling.tell(request, edits.undo(found, seen=seen, by=request.membership))
    except ChangedMeanwhile as error:
        messages.warning(request, f"{error} Nothing was undone: the history says what was done since.")
        return redirect("canvas-history", pk=pk)
    return redirect("canvas", pk=pk)
