"""The dead letters of a connection as people see them: by cause, without a byte of what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, QuerySet, When, Window
from django.db.models.functions import RowNumber

from integrations.letters import conversation_of_message
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
    """The causes with the most letters first, in one query."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in _rows(connection):
        found.setdefault((row.stream, row.error), []).append(row)
    return [_cause(rows) for rows in list(found.values())[:CAUSES]]


def conversation_of(stream: str, name: str) -> str:
    """The conversation that must be read for the letter *name* of *stream* to be tried again; "" for none."""
    one = name.partition(PART)[0] if stream == MESSAGES else name if stream == "conversations" else ""
    return "" if one.startswith(NAMELESS) or len(one) > LONGEST else one


def _rows(connection: Connection) -> "QuerySet[DeadLetter, Any]":
    """The newest letters of each cause, each with what its whole cause comes to."""
    cause = [F("stream"), F("error")]
    listed = Pending.objects.filter(connection=connection, external_id=OuterRef("within"))
    rows = (
        DeadLetter.objects.filter(connection=connection)
        .defer("raw")
        .annotate(
            place=Window(RowNumber(), partition_by=cause, order_by=[F("last_at").desc(), F("pk").asc()]),
            number=Window(Count("pk"), partition_by=cause),
            since=Window(Min("first_at"), partition_by=cause),
            until=Window(Max("last_at"), partition_by=cause),
            within=Case(When(stream="conversations", then=F("external_id")), default=conversation_of_message()),
            waits=Exists(listed),
        )
    )
    return rows.filter(place__lte=LETTERS).order_by("-number", "stream", "error", "place")[: CAUSES * LETTERS]


def _cause(rows: Sequence[Any]) -> Cause:
    first = rows[0]
    return Cause(
        stream=first.stream,
        title=TITLES.get(first.stream, first.stream.capitalize()),
        error=first.error,
        count=first.number,
        first_at=first.since,
        last_at=first.until,
        letters=[_letter(row) for row in rows],
    )


def _letter(row: Any) -> Letter:
    within, _, name = row.external_id.partition(PART) if row.stream == MESSAGES else ("", "", row.external_id)
    return Letter(
        pk=row.pk,
        name="" if name.startswith(NAMELESS) else name,
        within=within,
        first_at=row.first_at,
        last_at=row.last_at,
        count=row.count,
        waits=row.waits,
    )
