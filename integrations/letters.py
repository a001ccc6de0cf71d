"""The dead letters of a connection in numbers, for the card: which objects lack because of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import StrIndex, Substr

from integrations.models import Connection, DeadLetter
from integrations.sync.dead import MESSAGES, PART
from integrations.tally import MODELS, READ, SEEN
from sonora.conversations.models import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One object that could not be read. `is_held`: an older version of it is here.

    Of a message, `conversation` is the id of the conversation and `lacks` how many parts are missing there.
    """

    stream: str
    first_at: int
    is_held: bool
    conversation: str
    lacks: int


def of(connection: Connection) -> list[Letter]:
    """The dead letters of *connection*, in one statement and without a byte of what came."""
    rows = DeadLetter.objects.filter(connection=connection).annotate(within=conversation_of_message())
    found = rows.annotate(is_held=_is_held(connection), lacks=Subquery(_lacks(connection)))
    names = ("stream", "first_at", "is_held", "within", "lacks")
    return [
        Letter(stream=stream, first_at=at, is_held=held, conversation=within, lacks=lacks or 0)
        for stream, at, held, within, lacks in found.values_list(*names)
    ]


def conversation_of_message() -> Case:
    """The id of the conversation that a letter's message is of, as a column; "" for letters of other streams."""
    before = Substr("external_id", 1, StrIndex("external_id", Value(PART)) - 1)
    return Case(When(stream=MESSAGES, then=before), default=Value(""))


def by_stream(letters: Iterable[Letter]) -> dict[str, int]:
    """How many there are of each stream, by name."""
    return dict(sorted(Counter(one.stream for one in letters).items()))


def not_held(letters: Iterable[Letter], stream: str, *, at: int) -> tuple[int, int]:
    """How many objects of *stream* are not held in any version: of those known *at* that moment, and since."""
    times = [one.first_at for one in letters if one.stream == stream and not one.is_held]
    before = sum(first_at <= at for first_at in times)
    return before, len(times) - before


def _is_held(connection: Connection) -> Case:
    held = [
        When(stream=stream, then=Exists(model.objects.filter(SEEN.get(stream, READ), **_same(connection))))
        for stream, model in MODELS.items()
    ]
    return Case(*held, default=Value(False), output_field=BooleanField())  # noqa: FBT003


def _same(connection: Connection) -> dict[str, object]:
    return {"connection": connection, "external_id": OuterRef("external_id")}


def _lacks(connection: Connection) -> "QuerySet[Conversation, int]":
    """How many parts are missing of the conversation that the letter's message is of."""
    mine = Conversation.objects.present().filter(connection=connection, external_id=OuterRef("within"))
    short = mine.filter(parts_total__gt=F("parts_held"))
    return short.annotate(lacks=F("parts_total") - F("parts_held")).values_list("lacks", flat=True)
