"""How many conversations of a connection are still to be analysed."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Subquery, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, NullIf

from sonora.insights.models import Analysis, Turn

SILENT = 600  # seconds without a worker that looks for work, after which people are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Conversations that wait for either analysis; what is turned off waits for nothing.

    *looked_at* is when a worker last looked for work (Unix seconds).
    """

    sentiment: int = 0
    requests: int = 0
    looked_at: int = 0

    @property
    def waiting(self) -> int:
        return max(self.sentiment, self.requests)

    def is_stopped(self, *, now: int) -> bool:
        """Whether something waits and no worker has looked for it in the last `SILENT` seconds."""
        return self.waiting > 0 and now - self.looked_at > SILENT


def of(connection: int, *, sentiment: bool, requests: bool) -> Progress:
    """What *connection* (primary key) still waits for, of the analyses that are turned on. One question.

    By the version that the workers read with, as its last turn told; nothing was read before the first one. Counts
    parts of indexes that are empty once all is done.
    """
    columns = {"sentiment": sentiment, "requests": requests}
    waiting = {name: _waiting(f"{name}_by") for name, is_on in columns.items() if is_on}
    if not waiting:
        return Progress()
    # No version sorts before a space, and an empty one, which stands for "not read", does.
    turns = Turn.objects.filter(connection=connection).annotate(
        version=Coalesce(NullIf("reader", Value("")), Value(" "))
    )
    row = turns.values("looked_at", **waiting).first()
    return Progress(**row) if row else Progress()


def _waiting(column: str) -> CombinedExpression:
    return _count(**{f"{column}__lt": OuterRef("version")}) + _count(**{f"{column}__gt": OuterRef("version")})


def _count(**which: OuterRef) -> Coalesce:
    mine = Analysis.objects.filter(connection=OuterRef("connection"), **which).order_by().values("connection")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
