"""What somebody does to a canvas: begin it, rename it, share it, filter all of it, delete it."""

from django.db import transaction

from sonora.canvas import edits
from sonora.canvas.models import LONGEST_TITLE, Canvas, Edit
from sonora.canvas.versions import claim
from sonora.core import clock
from sonora.core.text import clean_text
from sonora.filters.filterset import FilterSet
from sonora.workspaces.models import Membership

MOST = 200  # of one member
UNTITLED = "Untitled canvas"


class TooMany(Exception):
    """There are as many as there may be; remove one first."""


def begin(title: str, *, by: Membership) -> Canvas:
    """An empty canvas of *by*, theirs alone. Raises TooMany."""
    if Canvas.objects.all().of(by).count() >= MOST:
        raise TooMany
    now = clock.now()
    return Canvas.objects.create(
        workspace_id=by.workspace_id,
        owner=by,
        title=titled(title) or UNTITLED,
        changed_by=str(by.user),
        created_at=now,
        updated_at=now,
    )


def settle(canvas: Canvas, *, title: str, access: str, version: int, by: Membership) -> Edit | None:
    """Give *canvas* a title and say who may open it (`Canvas.Access`); that is its owner's alone to say.

    Gives the edit, None where the title stays. Raises ChangedMeanwhile.
    """
    name = titled(title) or canvas.title
    with transaction.atomic():
        edit = edits.begin(canvas, f"Called it “{name}”", by=by) if name != canvas.title else None
        claim(canvas, version=version, by=by)
        shared = {"access": Canvas.Access(access)} if canvas.owner_id == by.pk else {}
        Canvas.objects.filter(pk=canvas.pk).update(title=name, **shared)
    return edit


def narrow(canvas: Canvas, filters: FilterSet, *, version: int, by: Membership) -> Edit:
    """Let *filters* count for every block. Raises ChangedMeanwhile."""
    with transaction.atomic():
        edit = edits.begin(canvas, "Changed the canvas filters", by=by)
        claim(canvas, version=version, by=by)
        Canvas.objects.filter(pk=canvas.pk).update(filters=filters.as_json())
    return edit


def delete(canvas: Canvas, *, version: int, by: Membership) -> None:
    """Take *canvas* away with its blocks. Raises ChangedMeanwhile."""
    with transaction.atomic():
        claim(canvas, version=version, by=by)
        Canvas.objects.filter(pk=canvas.pk).delete()


def titled(text: str) -> str:
    """*text* as a title: on one line, and not too long."""
    return " ".join(clean_text(text).split())[:LONGEST_TITLE]
