"""What somebody did to a canvas, told to them with a way to undo it."""

from django.contrib import messages
from django.urls import reverse

from sonora.canvas.models import Edit
from sonora.workspaces.access import Request


def tell(request: Request, edit: Edit | None) -> None:
    """Say what *edit* did; nothing where nothing was done."""
    if edit:
        undo = reverse("undo-canvas-edit", args=[edit.canvas_id, edit.pk])
        messages.success(request, f"{edit.deed}.", extra_tags=undo)
