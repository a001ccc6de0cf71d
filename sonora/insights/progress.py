"""How many conversations of a connection are still to be analysed."""

from dataclasses import dataclass

from django.db.models import IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from sonora.insights.models import AnalysisTotal, Turn

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

    By the version that the workers read with, as its last turn told; nothing was read before the first one. Adds up
    what the database keeps (`analysed`), so a million that wait take no longer than none.
    """
    columns = {"sentiment": sentiment, "requests": requests}
    waiting = {name: _waiting(f"{name}_by") for name, is_on in columns.items() if is_on}
    if not waiting:
        return Progress()
    row = Turn.objects.filter(connection=connection).values("looked_at", **waiting).first()
    return Progress(**row) if row else Progress()


def _waiting(column: str) -> Coalesce:
    """How many were not read by the version of the turn; an empty one stands for "not read"."""
    mine = AnalysisTotal.objects.filter(connection_id=OuterRef("connection")).order_by().values("connection_id")
    left = mine.filter(Q((column, "")) | ~Q((column, OuterRef("reader"))))
    number = left.annotate(number=Sum("conversations")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
