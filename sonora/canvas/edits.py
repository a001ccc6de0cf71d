"""What was done to a canvas, each time with how the canvas was before, so that it can be undone.

Who may open a canvas is not part of it: going back shares nothing, and takes nothing from anybody.
"""

from typing import Any

from django.db import transaction
from django.db.models import F

from sonora.canvas.models import LONGEST_DEED, Block, Canvas, Edit
from sonora.canvas.versions import ChangedMeanwhile
from sonora.core import clock
from sonora.workspaces.models import Membership

KEPT_FOR = 30 * 86_400  # seconds
MOST = 200  # of one canvas
UNDID = "Undid: "
FIELDS = ("place", "title", "prompt", "kind", "query", "width")  # of a block

Row = dict[str, Any]


def begin(canvas: Canvas, deed: str, *, by: Membership) -> Edit:
    """Note that *by* is about to do *deed* (“Removed …”), and hold *canvas* until the transaction ends.

    Run it first in the transaction that writes. Raises ChangedMeanwhile when the canvas is gone.
    """
    touch(canvas)
    now = clock.now()
    Edit.objects.filter(canvas=canvas, at__lte=now - KEPT_FOR).delete()
    kept = Edit.objects.filter(canvas=canvas).order_by("-pk").values_list("pk", flat=True)
    Edit.objects.filter(pk__in=list(kept[MOST - 1 :])).delete()
    return Edit.objects.create(
        workspace_id=canvas.workspace_id,
        canvas=canvas,
        deed=deed[:LONGEST_DEED],
        before=_as_it_is(canvas),
        by=str(by.user),
        at=now,
    )


def touch(canvas: Canvas) -> None:
    """Note that something in *canvas* changes, and hold it until the transaction ends.

    Raises ChangedMeanwhile when it is gone.
    """
    if not Canvas.objects.filter(pk=canvas.pk).update(updated_at=clock.now()):
        raise ChangedMeanwhile


def undo(edit: Edit, *, seen: int, by: Membership) -> Edit:
    """Make the canvas as it was before *edit*. That is an edit itself, which can be undone.

    *seen* is the last edit (primary key) that *by* knows of: raises ChangedMeanwhile when there is a later one.
    """
    with transaction.atomic():
        touch(edit.canvas)
        last = Edit.objects.filter(canvas=edit.canvas).order_by("-pk").first()
        if last is None or last.pk > seen:
            raise ChangedMeanwhile(last.by if last else "")
        done = begin(edit.canvas, _undone(edit, last), by=by)
        _restore(edit.canvas, edit.before, now=done.before, by=str(by.user))
    return done


def of(canvas: Canvas) -> list[Edit]:
    """What was done to *canvas* in the last 30 days, the latest first."""
    return list(Edit.objects.filter(canvas=canvas, at__gt=clock.now() - KEPT_FOR).order_by("-pk")[:MOST])


def last(canvas: Canvas, *, by: Membership) -> Edit | None:
    """What *by* did last to *canvas*."""
    return Edit.objects.filter(canvas=canvas, by=str(by.user)).order_by("-pk").first()


def removal(canvas: Canvas, block: int) -> Edit | None:
    """What took *block* (a primary key), which is not there any more, from *canvas*; None where it never was."""
    return next((edit for edit in of(canvas) if any(row["pk"] == block for row in edit.before["blocks"])), None)


def _as_it_is(canvas: Canvas) -> Row:
    blocks = Block.objects.filter(canvas=canvas).order_by("place", "pk").values("pk", "version", *FIELDS)
    return {**Canvas.objects.values("title", "filters").get(pk=canvas.pk), "blocks": list(blocks)}


def _undone(edit: Edit, last: Edit) -> str:
    """Going back before *edit* in words: undoing what undid something does it again."""
    if edit.pk != last.pk:
        return f"Went back to before: {edit.deed}"
    return edit.deed.removeprefix(UNDID) if edit.deed.startswith(UNDID) else f"{UNDID}{edit.deed}"


def _restore(canvas: Canvas, wanted: Row, *, now: Row, by: str) -> None:
    """Write what of *wanted* is not so *now*; each row that is written becomes a new version."""
    marks = {"changed_by": by, "updated_at": clock.now()}
    whole = {name: wanted[name] for name in ("title", "filters")}
    if any(now[name] != value for name, value in whole.items()):
        Canvas.objects.filter(pk=canvas.pk).update(version=F("version") + 1, **whole, **marks)
    there, kept = ({row["pk"]: row for row in one["blocks"]} for one in (now, wanted))
    Block.objects.filter(pk__in=there.keys() - kept.keys()).delete()
    for pk, row in kept.items():
        fields = {name: row[name] for name in FIELDS}
        if pk not in there:
            Block.objects.create(
                pk=pk, workspace_id=canvas.workspace_id, canvas=canvas, version=row["version"] + 2, **fields, **marks
            )
        elif any(there[pk][name] != value for name, value in fields.items()):
            Block.objects.filter(pk=pk).update(version=F("version") + 1, **fields, **marks)
