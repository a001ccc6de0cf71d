"""The messages of a conversation, and the tags on each."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from integrations.records import ConversationRecord, MessageRecord
from integrations.store import tags
from integrations.store.authors import Authors
from integrations.store.holder import Holder
from sonora.conversations.models import Message, MessageTag
from sonora.core.upsert import Key, Written, upsert


def save_messages(holder: Holder, records: Mapping[int, ConversationRecord], authors: Authors) -> Written:
    """Write the messages of *records* (conversation's primary key → record); returns which are new or differ.

    Their keys begin with the conversation.
    """
    rows = [_row(holder, pk, message, authors) for pk, record in records.items() for message in record.messages]
    written = upsert(Message, rows, key=("conversation_id", "external_id"))
    _save_tags(holder, records, written.inserted)
    return written


def _save_tags(holder: Holder, records: Mapping[int, ConversationRecord], inserted: Mapping[Key, int]) -> None:
    """Give each message the tags that it has now. Most have none and had none: those are not looked at."""
    listed = {(pk, message.external_id): message.tags for pk, record in records.items() for message in record.messages}
    ids = dict(inserted)
    concerned = {key for key in listed if listed[key]}
    for conversation, external_id, message, is_tagged in _held({pk for pk, _ in listed.keys() - inserted.keys()}):
        key = (conversation, external_id)
        ids[key] = message
        if is_tagged and key in listed:
            concerned.add(key)
    if concerned:
        tags.replace(MessageTag, "message", {ids[key]: listed[key] for key in concerned}, holder=holder)


def _held(conversations: Collection[int]) -> Iterable[tuple[int, str, int, bool]]:
    """The messages of *conversations*: conversation, external id, primary key, and whether it has tags.

    Not a join of the two tables: PostgreSQL then merges them by the message's key, and reads all messages there are.
    """
    if not conversations:
        return ()
    tagged = MessageTag.objects.filter(message=OuterRef("pk"))
    held = Message.objects.filter(conversation_id__in=conversations).annotate(is_tagged=Exists(tagged))
    return held.order_by().values_list("conversation_id", "external_id", "pk", "is_tagged")


def _row(holder: Holder, conversation: int, message: MessageRecord, authors: Authors) -> dict[str, Any]:
    author = message.author
    return {
        **holder.owner,
        "conversation_id": conversation,
        "external_id": message.external_id[:80],
        "origin": message.origin,
        "kind": message.kind[:80],
        "internal": message.internal,
        "author_type": author.type[:30],
        "author_external_id": author.external_id[:64],
        "author_name": author.name[:255],
        "author_email": author.email[:254],
        "from_ai": author.from_ai,
        "contact_id": authors.contact(author),
        "teammate_id": authors.teammate(author),
        "html": message.html,
        "text": message.text,
        "attachments": [
            {"name": one.name, "url": one.url, "content_type": one.content_type, "size": one.size}
            for one in message.attachments
        ],
        "redacted": message.redacted,
        "created_at": message.created_at,
        "updated_at": message.updated_at,
    }
