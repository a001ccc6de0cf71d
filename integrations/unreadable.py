"""The dead letters of a connection as people see them: by cause, without a byte of what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from integrations.models import Connection, DeadLetter, Pending
from integrations.objects import TITLES
from integrations.sync.dead import MESSAGES, NAMELESS, PART

LONGEST = 64  # characters of an id that can be asked for
CAUSES, LETTERS = 20, 20  # shown: causes, and letters of each; a change at the provider may make thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One object. `name` is its id at the provider, "" when none could be read; `within` the conversation of a message.

    `first_at` and `last_at` are Unix seconds, `waits` says that it is on the list to be read again.
    """

    pk: int
    name: str
    within: str
    first_at: int
    last_at: int
    count: int
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why objects of one kind could not be read: the newest of them in `letters`, and how many there are in all."""

    stream: str
    title: str
    error: str
    count: int
    first_at: int
    last_at: int
    letters: Sequence[Letter]

    @property
    def more(self) -> int:
        return self.count - len(self.letters)


def causes(connection: Connection) -> list[Cause]:
    """The causes with the most letters first, in three queries."""
    mine = DeadLetter.objects.filter(connection=connection)
    grouped = mine.values("stream", "error").annotate(n=Count("pk"), first=Min("first_at"), last=Max("last_at"))
    shown = list(grouped.order_by("-n", "stream", "error")[:CAUSES])
    letters = _letters(mine, connection, shown) if shown else {}
    return [
        Cause(
            stream=one["stream"],
            title=TITLES.get(one["stream"], one["stream"].capitalize()),
            error=one["error"],
            count=one["n"],
            first_at=one["first"],
            last_at=one["last"],
            letters=letters[one["stream"], one["error"]],
        )
        for one in shown
    ]


def conversation_of(stream: str, name: str) -> str:
    """The conversation that must be read for the letter *name* of *stream* to be tried again; "" for none."""
    one = name.partition(PART)[0] if stream == MESSAGES else name if stream == "conversations" else ""
    return "" if one.startswith(NAMELESS) or len(one) > LONGEST else one


def _letters(
    mine: "QuerySet[DeadLetter]", connection: Connection, shown: Sequence[Any]
) -> dict[tuple[str, str], list[Letter]]:
    place = Window(RowNumber(), partition_by=[F("stream"), F("error")], order_by=[F("last_at").desc(), F("pk").asc()])
    wanted = Q()
    for one in shown:
        wanted |= Q(stream=one["stream"], error=one["error"])
    rows = list(mine.filter(wanted).defer("raw").annotate(place=place).filter(place__lte=LETTERS).order_by("place"))
    ids = {conversation_of(row.stream, row.external_id) for row in rows} - {""}
    listed = Pending.objects.filter(connection=connection, external_id__in=ids)
    waiting = set(listed.values_list("external_id", flat=True))
    found: dict[tuple[str, str], list[Letter]] = {}
    for row in rows:
        found.setdefault((row.stream, row.error), []).append(_letter(row, waiting))
    return found


def _letter(row: DeadLetter, waiting: set[str]) -> Letter:
    within, _, name = row.external_id.partition(PART) if row.stream == MESSAGES else ("", "", row.external_id)
    return Letter(
        pk=row.pk,
        name="" if name.startswith(NAMELESS) else name,
        within=within,
        first_at=row.first_at,
        last_at=row.last_at,
        count=row.count,
        waits=conversation_of(row.stream, row.external_id) in waiting,
    )
