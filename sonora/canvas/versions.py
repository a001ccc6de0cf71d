"""Two people change one thing: the second is told instead of undoing what the first did."""

from django.db.models import F

from sonora.canvas.models import Block, Canvas
from sonora.core import clock
from sonora.workspaces.models import Membership


class ChangedMeanwhile(Exception):
    """Somebody saved first, so nothing was written. *by* is their name; empty where it is not known."""

    def __init__(self, by: str = "") -> None:
        super().__init__(by)
        self.by = by

    def __str__(self) -> str:
        return f"{self.by or 'Somebody'} changed this a moment ago."


def claim(row: Canvas | Block, *, version: int, by: Membership) -> None:
    """Make *row* the next version and note who made it; run it first in the transaction that writes.

    Raises ChangedMeanwhile when *row* is not at *version* any more, or gone.
    """
    rows = type(row).objects.filter(pk=row.pk)
    change = {"version": F("version") + 1, "changed_by": str(by.user), "updated_at": clock.now()}
    if not rows.filter(version=version).update(**change):
        raise ChangedMeanwhile(rows.values_list("changed_by", flat=True).first() or "")
