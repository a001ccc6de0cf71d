"""Dead letters: what could not be read, kept as it came, so that it can be looked at and tried again.

A letter goes when its record is read well, when the record is gone, or when a whole walk no longer meets it. Whoever
writes one does so inside the transaction that says that the record was dealt with.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from django.db.models import F, QuerySet

from integrations.models import DeadLetter, Pending
from integrations.records import ConversationRecord, Unreadable
from integrations.sync import poison
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.core.upsert import upsert

RAW = 1_000_000  # bytes kept of one
MESSAGES = "messages"
NAMELESS = "?"  # begins the name of a record whose own id could not be read; no id of a provider holds it
PART = ":"  # between a conversation's id and its message's, which is unique only there


def keep(work: Slice, stream: str, unreadable: Iterable[Unreadable]) -> None:
    """Keep *unreadable* (one row an object, counted), and say so in the run. Inside a transaction."""
    now = 0
    clean: Callable[[bytes], bytes] = _unchanged
    for one in unreadable:
        if not now:  # a question to PostgreSQL, and nearly always there is nothing to keep
            now, clean = clock.now(), _without_token(work)
        name = name_of(one)
        facts = {"error": clean(one.error.encode()).decode()[:300], "raw": clean(one.raw)[:RAW], "last_at": now}
        if not _letters(work, stream).filter(external_id=name).update(**facts, count=F("count") + 1):
            row = {**work.holder.owner, "stream": stream, "external_id": name, "first_at": now, **facts}
            upsert(DeadLetter, [row], key=("connection_id", "stream", "external_id"))
        called = name[:64] if one.external_id else "it has no readable ID"
        work.issue(f"One of the {stream} could not be read ({called}). It is kept and tried again.")


def keep_only(work: Slice, stream: str, unreadable: Sequence[Unreadable]) -> None:
    """The same for a list that came whole: every other letter of *stream* has nothing left that it could be about."""
    _letters(work, stream).exclude(external_id__in=[name_of(one) for one in unreadable]).delete()
    keep(work, stream, unreadable)


def keep_messages(work: Slice, conversations: Sequence[ConversationRecord]) -> None:
    """What could not be read of *conversations*, which came whole: their other letters are settled."""
    unreadable = [_named(odd, one) for one in conversations for odd in one.unreadable]
    if _letters(work, MESSAGES).exists():
        still = [one.external_id for one in unreadable]
        for one in conversations:
            mine = _letters(work, MESSAGES).filter(external_id__startswith=one.external_id + PART)
            mine.exclude(external_id__in=still).delete()
    keep(work, MESSAGES, unreadable)


def settle(work: Slice, stream: str, external_ids: Iterable[str]) -> None:
    """What could be read after all is no dead letter any more. Inside a transaction."""
    ids = list(external_ids)
    if ids and _letters(work, stream).exists():
        _letters(work, stream).filter(external_id__in=ids).delete()


def bury(work: Slice, conversations: Iterable[str]) -> None:
    """These conversations are gone: no letter about one of them or of its messages is left. Inside a transaction."""
    settle(work, "conversations", conversations)
    if _letters(work, MESSAGES).exists():
        for one in conversations:
            _letters(work, MESSAGES).filter(external_id__startswith=one + PART).delete()


def kept(work: Slice, stream: str, external_ids: Iterable[str]) -> set[str]:
    """Those of *external_ids* that there is a letter about."""
    return set(_letters(work, stream).filter(external_id__in=list(external_ids)).values_list("external_id", flat=True))


def expire(work: Slice, stream: str, *, before: int | None) -> None:
    """A whole walk over *stream* ended: what it did not renew since *before* (our clock) has no record left."""
    if before is not None:
        to_be_read = Pending.objects.filter(connection_id=work.connection.pk).values("external_id")
        mine = _letters(work, stream).filter(last_at__lte=before)
        mine.exclude(external_id__in=to_be_read).exclude(pk__in=poison.left_alone(work).values("pk")).delete()


def name_of(one: Unreadable) -> str:
    """What a letter is kept under: the record's id, or, where none could be read, a name made of its bytes."""
    if one.external_id:
        return one.external_id[:200]
    return NAMELESS + hashlib.sha256(one.raw).hexdigest()[:16]


def _named(odd: Unreadable, conversation: ConversationRecord) -> Unreadable:
    name = f"{conversation.external_id}{PART}{name_of(odd)}"
    return Unreadable(external_id=name, error=odd.error, raw=odd.raw)


def _letters(work: Slice, stream: str) -> "QuerySet[DeadLetter]":
    return DeadLetter.objects.filter(connection_id=work.connection.pk, stream=stream)


def _without_token(work: Slice) -> Callable[[bytes], bytes]:
    """A server that repeats what it was sent must not bring the token into a row that people look at."""
    token = work.connection.token
    if token is None:
        return _unchanged
    plain = token.reveal().encode()
    forms = {plain, plain.replace(b"/", rb"\/")}

    def cleaned(text: bytes) -> bytes:
        for form in forms:
            text = text.replace(form, b"[token]")
        return text

    return cleaned


def _unchanged(text: bytes) -> bytes:
    return text
