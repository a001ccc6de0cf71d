"""Everything that is known of a connection, one JSON object a line; ids are the provider's, times Unix seconds.

Memory stays the same however much there is: the ids of a kind are walked in order, their rows are read in chunks.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from django.db import connection as database
from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.functions import Collate, Concat

from integrations.models import Connection
from sonora.conversations.models import (
    Conversation,
    ConversationContact,
    ConversationTag,
    Message,
    Tag,
    Teammate,
)
from sonora.customers.models import Company
from sonora.people.models import Contact

CHUNK = 500
LINE_ENDS = ("\x85", "\u2028", "\u2029")  # JSON lets them stand, and some readers of lines end a line there
Line = dict[str, Any]


def lines(connection: Connection) -> Iterator[str]:
    """The JSON lines of *connection*, without line ends: by type, within it by id as text (in code points).

    Deleted objects and those that were only ever named by others are left out; internal notes are in. Nothing in a
    line ends one, however its reader parts lines.
    """
    encode = msgspec.json.Encoder().encode
    for objects in (_admins, _companies, _contacts, _conversations, _conversation_tags, _messages, _tags):
        for line in objects(connection):
            yield _in_one_line(encode(line).decode())


def _in_one_line(written: str) -> str:
    for end in LINE_ENDS:
        written = written.replace(end, f"\\u{ord(end):04x}")
    return written


def _admins(connection: Connection) -> Iterator[Line]:
    for admin in _in_order(Teammate.objects.filter(**_present(connection)), F("external_id")):
        yield {"type": "admin", "id": admin.external_id, "name": admin.name or None, "email": admin.email or None}


def _companies(connection: Connection) -> Iterator[Line]:
    for company in _in_order(Company.objects.filter(**_present(connection)), F("external_id")):
        yield {
            "type": "company",
            "id": company.external_id,
            "company_id": company.company_id or None,
            "name": company.name or None,
            "updated_at": company.updated_at,
        }


def _contacts(connection: Connection) -> Iterator[Line]:
    for contact in _in_order(Contact.objects.filter(**_present(connection)), F("external_id")):
        yield {
            "type": "contact",
            "id": contact.external_id,
            "role": contact.role or None,
            "name": contact.name or None,
            "email": contact.email or None,
            "external_id": contact.user_id or None,
            "updated_at": contact.updated_at,
        }


def _conversations(connection: Connection) -> Iterator[Line]:
    rows = Conversation.objects.filter(**_present(connection)).select_related("assignee", "company")
    for chunk in _chunks(rows, F("external_id")):
        contacts = _contact_ids(chunk)
        for conversation in chunk:
            yield {
                "type": "conversation",
                "id": conversation.external_id,
                "state": conversation.state or None,
                "created_at": conversation.created_at,
                "updated_at": conversation.updated_at,
                "contact_ids": contacts.get(conversation.pk, []),
                "assignee_id": conversation.assignee.external_id if conversation.assignee else None,
                "company_id": conversation.company.external_id if conversation.company else None,
                "parts_held": conversation.parts_held,
                "parts_total": conversation.parts_total,
            }


def _contact_ids(conversations: list[Conversation]) -> dict[int, list[str]]:
    """By conversation, its contacts in the order in which the provider names them."""
    found: dict[int, list[str]] = {}
    links = ConversationContact.objects.filter(conversation__in=[one.pk for one in conversations])
    for conversation, contact in links.order_by("conversation", "position", "pk").values_list(
        "conversation_id", "contact__external_id"
    ):
        found.setdefault(conversation, []).append(contact)
    return found


def _conversation_tags(connection: Connection) -> Iterator[Line]:
    rows = ConversationTag.objects.filter(
        conversation__connection=connection,
        conversation__fetched_at__isnull=False,
        conversation__deleted_at__isnull=True,
        tag__deleted_at__isnull=True,
    ).exclude(tag__name="")
    key = Concat("conversation__external_id", Value(":"), "tag__external_id", output_field=CharField())
    for link in _in_order(rows.select_related("conversation", "tag").only(*_LINK_FIELDS), key):
        conversation, tag = link.conversation.external_id, link.tag.external_id
        yield {
            "type": "conversation_tag",
            "id": f"{conversation}:{tag}",
            "conversation_id": conversation,
            "tag_id": tag,
        }


_LINK_FIELDS = ("conversation__external_id", "tag__external_id")


def _messages(connection: Connection) -> Iterator[Line]:
    rows = Message.objects.filter(
        conversation__connection=connection,
        conversation__fetched_at__isnull=False,
        conversation__deleted_at__isnull=True,
    ).select_related("conversation")
    for message in _in_order(rows.defer("html", "attachments"), F("external_id")):
        yield {
            "type": "message",
            "id": message.external_id,
            "conversation_id": message.conversation.external_id,
            "origin": message.origin,
            "kind": message.kind or None,
            "author_type": message.author_type or None,
            "author_id": message.author_external_id or None,
            "created_at": message.created_at,
            "text": message.text,
            "redacted": message.redacted,
        }


def _tags(connection: Connection) -> Iterator[Line]:
    rows = Tag.objects.filter(connection=connection, deleted_at__isnull=True).exclude(name="")
    for tag in _in_order(rows, F("external_id")):
        yield {"type": "tag", "id": tag.external_id, "name": tag.name}


def _present(connection: Connection) -> dict[str, Any]:
    return {"connection": connection, "fetched_at__isnull": False, "deleted_at__isnull": True}


def _in_order(rows: QuerySet[Any], key: Any) -> Iterator[Any]:
    for chunk in _chunks(rows, key):
        yield from chunk


def _chunks(rows: QuerySet[Any], key: Any) -> Iterator[list[Any]]:
    """*rows* by *key* as text, a chunk at a time. Only keys are sorted: no message's words pass through the sort."""
    ordered = rows.order_by(Collate(key, _code_points()), "pk").values_list("pk", flat=True)
    keys = iter(ordered.iterator(chunk_size=CHUNK))
    while chunk := list(islice(keys, CHUNK)):
        found: dict[Any, Model] = rows.in_bulk(chunk)
        yield [found[pk] for pk in chunk if pk in found]


def _code_points() -> str:
    """The collation that sorts text by code point, the same on every database and locale."""
    return "C" if database.vendor == "postgresql" else "BINARY"
