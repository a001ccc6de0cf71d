"""Conversations and their messages. Parts are written by id and never deleted for being absent: the API gives only the
newest 500 of a conversation, so an older one that is held stays held.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count

from integrations.records import ConversationRecord, MessageRecord
from integrations.store import links, tags
from integrations.store.authors import Authors
from integrations.store.holder import Fetched, Holder, Saved
from integrations.store.messages import save_messages
from sonora.conversations import attribution
from sonora.conversations.models import (
    CUSTOMER_TYPES,
    Conversation,
    ConversationContact,
    ConversationTag,
    Message,
    MessageTag,
)
from sonora.core.upsert import Newer, upsert
from sonora.customers.models import Company
from sonora.insights import marking

Batch = Sequence[Fetched[ConversationRecord]]
TEAMMATE_TYPE = "admin"  # of an author, as the provider says it
# A version is older only if it was both changed and read before: a record dated in the future must still give way.
NEWER = Newer(stored=("updated_at", "fetched_at"), incoming="updated_at")


def save_conversations(holder: Holder, batch: Batch) -> Saved:
    """Write *batch* with its messages, links and tags. A version older than the stored one is passed over whole."""
    before = _held(holder, batch)
    fresh = [one for one in batch if not _is_older(one.record, before.get(one.record.external_id))]
    authors = Authors.of(holder, [one.record for one in fresh])
    written = upsert(
        Conversation,
        [_row(holder, one, authors) for one in fresh],
        key=("connection_id", "external_id"),
        newer=NEWER,
    )
    holder.remember(Conversation, written.inserted)
    ids = holder.ids(Conversation, [one.record.external_id for one in fresh])
    records = {ids[one.record.external_id]: one.record for one in fresh}
    messages = save_messages(holder, records, authors)
    _save_links(holder, records, authors)
    known = {ids[one] for one in before if one in ids}
    _count_parts([pk for pk in records if pk in known])
    attribution.attribute(holder.workspace_id, conversations=list(records))
    speaking = {conversation for conversation, _ in (*messages.inserted, *messages.updated)}
    marking.changed(holder.workspace_id, holder.connection_id, speaking | set(written.inserted.values()))
    changed = sum((before.get(one.record.external_id) or (None,))[0] != one.record.updated_at for one in fresh)
    return Saved(
        read=len(batch),
        changed=changed,
        messages=len(messages.inserted) + len(messages.updated),
        unknown_companies=_names_unknown_company(holder, fresh),
    )


def delete_conversations(holder: Holder, external_ids: Iterable[str], *, at: int) -> int:
    """Mark them deleted and let their words go; returns how many were held. The row stays, so that none comes back."""
    gone = Conversation.objects.filter(
        connection_id=holder.connection_id, external_id__in=list(external_ids), deleted_at__isnull=True
    )
    keys = list(gone.values_list("pk", flat=True))
    marking.leaving(keys)
    MessageTag.objects.filter(message__conversation_id__in=keys).delete()
    Message.objects.filter(conversation_id__in=keys).delete()
    ConversationTag.objects.filter(conversation_id__in=keys).delete()
    marking.gone(keys)
    return Conversation.objects.filter(pk__in=keys).update(
        deleted_at=at, title="", preview="", rating_remark="", parts_held=0, untagged=True
    )


def remove_conversations(holder: Holder, keys: Sequence[int]) -> None:
    """Take them out altogether (primary keys), so that they may come back as they were: they are still there."""
    marking.leaving(keys)
    Conversation.objects.filter(connection_id=holder.connection_id, pk__in=keys).delete()
    holder.forget(Conversation)


Held = tuple[int | None, int | None, int | None]  # updated_at, fetched_at, deleted_at


def _held(holder: Holder, batch: Batch) -> dict[str, Held]:
    rows = Conversation.objects.filter(
        connection_id=holder.connection_id,
        external_id__in=[one.record.external_id for one in batch],
        fetched_at__isnull=False,
    )
    return {
        one: (u, f, d) for one, u, f, d in rows.values_list("external_id", "updated_at", "fetched_at", "deleted_at")
    }


def _is_older(record: ConversationRecord, held: Held | None) -> bool:
    """Whether *record* tells less than what is held. What was deleted comes back only if it changed since."""
    if held is None or record.updated_at is None:
        return False
    updated, fetched, deleted = held
    if deleted is not None and record.updated_at <= deleted:
        return True
    return min(updated or 0, fetched or 0) > record.updated_at


def _row(holder: Holder, fetched: Fetched[ConversationRecord], authors: Authors) -> dict[str, Any]:
    record = fetched.record
    return {
        **holder.owner,
        "external_id": record.external_id,
        "title": record.title,
        "preview": record.preview[:300],
        "state": record.state[:20],
        "open": record.open,
        "priority": record.priority[:30],
        "channel": record.channel[:60],
        "delivered_as": record.delivered_as[:60],
        "said_at": _said_at(record.messages),
        "waiting_since": record.waiting_since,
        "snoozed_until": record.snoozed_until,
        "rating": record.rating,
        "rating_remark": record.rating_remark,
        "url": record.url,
        "assignee_id": authors.teammates.get(record.assignee),
        "team_id": authors.teams.get(record.team),
        "company_id": authors.companies.get(record.company.external_id) if record.company else None,
        "parts_total": record.parts_total,
        "parts_held": sum(message.origin == Message.Origin.PART for message in record.messages),
        "linked_tickets": list(record.linked_tickets),
        "untagged": not record.tags,
        "created_at": record.created_at,
        "updated_at": record.updated_at if record.updated_at is not None else fetched.at,
        "fetched_at": fetched.at,
        "deleted_at": None,
    }


def _said_at(messages: Iterable[MessageRecord]) -> int | None:
    """When a customer or a teammate last wrote to the other."""
    return max((one.created_at for one in messages if one.created_at is not None and _is_said(one)), default=None)


def _is_said(message: MessageRecord) -> bool:
    author = message.author
    is_ours = author.type == TEAMMATE_TYPE and not author.from_ai
    has_words = bool(message.text or message.attachments)
    return (is_ours or author.type in CUSTOMER_TYPES) and has_words and not message.internal and not message.redacted


def _save_links(holder: Holder, records: dict[int, ConversationRecord], authors: Authors) -> None:
    links.replace(
        ConversationContact,
        {
            pk: {authors.contacts[one]: {"position": position} for position, one in enumerate(record.contacts)}
            for pk, record in records.items()
        },
        parent="conversation",
        child="contact",
        workspace_id=holder.workspace_id,
    )
    tags.replace(ConversationTag, "conversation", {pk: record.tags for pk, record in records.items()}, holder=holder)


def _count_parts(conversations: Sequence[int]) -> None:
    """Correct `parts_held` where earlier reads hold parts that this one did not bring."""
    if not conversations:
        return
    held = Message.objects.filter(conversation_id__in=conversations, origin=Message.Origin.PART)
    counts = dict(held.order_by().values_list("conversation_id").annotate(Count("pk")))
    for conversation in Conversation.objects.filter(pk__in=conversations).only("parts_held"):
        if conversation.parts_held != counts.get(conversation.pk, 0):
            conversation.parts_held = counts.get(conversation.pk, 0)
            conversation.save(update_fields=["parts_held"])


def _names_unknown_company(holder: Holder, fresh: Batch) -> bool:
    named = [one.record.company.external_id for one in fresh if one.record.company]
    unread = Company.objects.filter(connection_id=holder.connection_id, external_id__in=named, fetched_at__isnull=True)
    return bool(named) and unread.exists()
