"""What each message of a batch says: known already, or read now."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sonora.conversations.models import Message, Teammate
from sonora.core import clock
from sonora.core.upsert import Row, upsert
from sonora.insights.models import MessageReading, Turn
from sonora.insights.reading import Reader, Reading
from sonora.insights.text import OwnWords, is_courtesy, own_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some conversations as they were read.

    *messages* are their customers' by conversation, oldest first; *readings* by message; *fresh* are the messages whose
    reading is not stored yet, *stale* those whose stored reading is of no customer's message any more. *reader* is the
    version, *at* the moment (Unix seconds).
    """

    messages: Mapping[int, list[Message]]
    readings: Mapping[int, MessageReading]
    fresh: Collection[int]
    stale: Mapping[int, int]  # message → conversation
    reader: str
    at: int


def read(turn: Turn, conversations: Collection[int], reader: Reader) -> Batch:
    """Read what is not known yet of *conversations* (primary keys of the turn's connection). Writes nothing."""
    messages = {one.pk: one for one in _written(conversations)}
    held = {one.pk: one for one in _held(conversations)}
    known = {pk: held[pk] for pk in messages if pk in held and _is_current(held[pk], messages[pk], turn, reader)}
    unread = [one for pk, one in messages.items() if pk not in known]
    at = clock.now()
    fresh = _read(turn, unread, reader, at=at)
    by_conversation: dict[int, list[Message]] = {pk: [] for pk in conversations}
    for message in messages.values():
        by_conversation[message.conversation_id].append(message)
    return Batch(
        messages=by_conversation,
        readings={**known, **fresh},
        fresh=fresh.keys(),
        stale={pk: one.message.conversation_id for pk, one in held.items() if pk not in messages},
        reader=reader.version,
        at=at,
    )


def save(batch: Batch, conversations: Collection[int]) -> None:
    """Store what was read of those *conversations* of the batch that are still as they were; in a transaction."""
    kept = set(conversations)
    rows = [
        _row(batch.readings[message.pk])
        for pk in conversations
        for message in batch.messages[pk]
        if message.pk in batch.fresh
    ]
    upsert(MessageReading, rows, key=("message_id",))
    stale = [message for message, conversation in batch.stale.items() if conversation in kept]
    if stale:
        MessageReading.objects.filter(pk__in=stale).delete()


def _written(conversations: Collection[int]) -> Iterable[Message]:
    """What customers wrote in *conversations*, each conversation's oldest first."""
    columns = ("conversation", "html", "text", "author_email", "created_at", "contact", "workspace")
    mine = Message.objects.filter(conversation__in=conversations).by_customers()
    return mine.exclude(html="", text="").only(*columns).in_order()


def _held(conversations: Collection[int]) -> Iterable[MessageReading]:
    rows = MessageReading.objects.filter(message__conversation__in=conversations)
    return rows.select_related("message").only(*_COLUMNS, "message__conversation")


def _is_current(held: MessageReading, message: Message, turn: Turn, reader: Reader) -> bool:
    """Whether *held* is what *reader* would say of *message* again, and all that is asked for.

    What another one read in its place, since it could not, is not.
    """
    if held.content_hash != _hash(message) or held.reader != reader.version:
        return False
    has_sentiment = bool(held.label) or not turn.connection.analyse_sentiment
    has_request = held.request is not None or not turn.connection.analyse_requests
    return bool(held.not_read) or (has_sentiment and has_request)


def _read(turn: Turn, messages: Sequence[Message], reader: Reader, *, at: int) -> dict[int, MessageReading]:
    teammates = _teammates(turn) if messages else frozenset()
    words = {one.pk: own_words(one.html or one.text, sender=one.author_email) for one in messages}
    found = {
        one.pk: MessageReading(
            workspace_id=turn.workspace_id,
            message=one,
            language=(words[one.pk].language or "")[:12],
            courtesy=is_courtesy(words[one.pk].text),
            not_read=_why_not(one, words[one.pk], teammates),
            content_hash=_hash(one),
            reader=reader.version,
            analysed_at=at,
        )
        for one in messages
    }
    readable = [pk for pk, reading in found.items() if not reading.not_read]
    said = reader.read([words[pk].text for pk in readable]) if readable else []
    for pk, reading in zip(readable, said, strict=True):
        _fill(found[pk], reading, turn)
    return found


def _fill(row: MessageReading, reading: Reading, turn: Turn) -> None:
    """Keep of *reading* what is turned on, and who read."""
    row.reader = reading.by or row.reader
    if turn.connection.analyse_sentiment:
        row.label, row.score, row.confidence = reading.label.value, reading.score, reading.confidence
        row.sentence = reading.sentence
    if turn.connection.analyse_requests:
        row.request, row.quote = reading.request, reading.quote or ""


def _why_not(message: Message, words: OwnWords, teammates: Collection[str]) -> str:
    if message.author_email.casefold() in teammates:
        return MessageReading.NotRead.TEAMMATE
    if words.automatic:
        return MessageReading.NotRead.AUTOMATIC
    return "" if any(map(_speaks, words.text)) else MessageReading.NotRead.NO_WORDS


def _speaks(character: str) -> bool:
    """Whether a text of such characters says anything: letters, digits, emoji, but no dots and strokes."""
    return character.isalnum() or unicodedata.category(character) == "So"


def _teammates(turn: Turn) -> frozenset[str]:
    """The addresses of the workspace's own people, who may also write in through the door for customers."""
    addresses = Teammate.objects.filter(connection=turn.connection_id).exclude(email="").values_list("email", flat=True)
    return frozenset(address.casefold() for address in addresses)


def _hash(message: Message) -> str:
    content = f"{message.author_email}\0{message.html or message.text}"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


_COLUMNS = tuple(field.attname for field in MessageReading._meta.concrete_fields)  # noqa: SLF001 - Django documents it


def _row(reading: MessageReading) -> Row:
    return {name: getattr(reading, name) for name in _COLUMNS}
