"""The messages of a conversation: its opening message and its parts, as records. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from integrations.intercom import payloads
from integrations.intercom.lists import tags
from integrations.intercom.scalars import count, flag, identifier, moment, text
from integrations.intercom.vocabulary import INTERNAL
from integrations.records import Attachment, Author, MessageRecord, Unreadable
from sonora.core.html import plain_text

PREVIEW = 200  # characters


def messages(
    source: payloads.Source | None, conversation: payloads.Conversation, *, conversation_id: str
) -> tuple[Sequence[MessageRecord], Sequence[Unreadable]]:
    """The opening message, if there is one, then the parts, oldest first; and the parts that are no parts."""
    written: list[MessageRecord] = []
    unreadable: list[Unreadable] = []
    for each in _parts(conversation.conversation_parts):
        if isinstance(each, payloads.Part) and (external_id := identifier(each.id)):
            written.append(_part(each, external_id))
        else:
            unreadable.append(_odd(each))
    if all(message.created_at is not None for message in written):
        written.sort(key=_order)
    once = {message.external_id: message for message in written}
    opening = [_opening(source, conversation_id, at=moment(conversation.created_at))] if source is not None else []
    return (*opening, *once.values()), unreadable


def preview(written: Iterable[MessageRecord]) -> str:
    """The beginning of the first message with words that the customer can see."""
    for message in written:
        if not message.internal and (words := " ".join(message.text[: 4 * PREVIEW].split())):
            return words if len(words) <= PREVIEW else words[: PREVIEW - 1].rstrip() + "…"
    return ""


def _opening(source: payloads.Source, conversation_id: str, *, at: int | None) -> MessageRecord:
    redacted = flag(source.redacted) is True
    html = "" if redacted else text(source.body)
    return MessageRecord(
        external_id=f"source:{identifier(source.id) or conversation_id}",
        origin="source",
        kind=text(source.type),
        author=_author(source.author),
        html=html,
        text=plain_text(html) if html else "",
        attachments=() if redacted else _attachments(source.attachments),
        redacted=redacted,
        created_at=at,
    )


def _part(part: payloads.Part, external_id: str) -> MessageRecord:
    redacted = flag(part.redacted) is True
    html = "" if redacted else text(part.body)
    kind = text(part.part_type)
    return MessageRecord(
        external_id=external_id,
        origin="part",
        kind=kind,
        internal=kind in INTERNAL,
        author=_author(part.author),
        html=html,
        text=plain_text(html) if html else "",
        attachments=() if redacted else _attachments(part.attachments),
        tags=tags(part.tags),
        redacted=redacted,
        created_at=moment(part.created_at),
        updated_at=moment(part.updated_at),
    )


def _author(author: Any) -> Author:
    if not isinstance(author, payloads.Author):
        return Author()
    return Author(
        type=text(author.type),
        external_id=identifier(author.id),
        name=text(author.name),
        email=text(author.email),
        from_ai=flag(author.from_ai_agent) is True or flag(author.is_ai_answer) is True,
    )


def _attachments(listed: Any) -> Sequence[Attachment]:
    if not isinstance(listed, list) or not listed:
        return ()
    return tuple(
        Attachment(
            name=text(each.name),
            url=text(each.url),
            content_type=text(each.content_type),
            size=count(each.filesize),
        )
        for each in listed
        if isinstance(each, payloads.Attachment)
    )


def _parts(held: Any) -> list[Any]:
    found = held.conversation_parts if isinstance(held, payloads.Parts) else held
    return found if isinstance(found, list) else []


def _odd(part: Any) -> Unreadable:
    return Unreadable(external_id="", error="The part has no usable id.", raw=msgspec.json.encode(part))


def _order(message: MessageRecord) -> tuple[int, int, str]:
    """By time; of one second by id as a number, which is the order they were written in."""
    return (message.created_at or 0, len(message.external_id), message.external_id)
