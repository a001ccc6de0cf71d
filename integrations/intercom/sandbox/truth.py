"""The whole workspace in the form of Sonora's export, for comparing the two."""

from collections.abc import Iterator

from integrations.intercom.sandbox.plaintext import plain_text
from integrations.intercom.sandbox.wire import PARTS_MOST
from integrations.intercom.sandbox.world.model import Conversation, Json, World


def objects(world: World) -> list[Json]:
    """Every object once, sorted by type, then id. Of parts those that the interface still gives: the newest 500."""
    found = [*_conversations(world), *_contacts(world), *_companies(world), *_admins(world), *_tags(world)]
    return sorted(found, key=lambda line: (line["type"], line["id"], line.get("conversation_id", "")))


def _conversations(world: World) -> Iterator[Json]:
    for conversation in world.conversations.live.values():
        document = world.document(conversation)
        yield _conversation(conversation, document)
        yield from _messages(document)
        for tag in document["tags"]:
            if tag["id"] in world.tags:
                yield {
                    "type": "conversation_tag",
                    "id": f"{document['id']}:{tag['id']}",
                    "conversation_id": document["id"],
                    "tag_id": tag["id"],
                }


def _conversation(conversation: Conversation, document: Json) -> Json:
    return {
        "type": "conversation",
        "id": document["id"],
        "state": document["state"],
        "created_at": document["created_at"],
        "updated_at": document["updated_at"],
        "contact_ids": document["contact_ids"],
        "assignee_id": str(conversation.admin_id) if conversation.admin_id else None,
        "company_id": document["company_id"],
        "parts_held": min(PARTS_MOST, len(document["parts"])),
        "parts_total": len(document["parts"]),
    }


def _messages(document: Json) -> Iterator[Json]:
    source = document["source"]
    if source:
        ident = f"source:{source.get('id') or document['id']}"
        yield _message(document, source, ident=ident, origin="source", kind=source["type"])
    for part in document["parts"][-PARTS_MOST:]:
        yield _message(document, part, ident=str(part["id"]), origin="part", kind=part["part_type"])


def _message(document: Json, said: Json, *, ident: str, origin: str, kind: str) -> Json:
    author = said["author"] or {}
    return {
        "type": "message",
        "id": ident,
        "conversation_id": document["id"],
        "origin": origin,
        "kind": kind,
        "author_type": author.get("type"),
        "author_id": author.get("id"),
        "created_at": said.get("created_at", document["created_at"]),
        "text": plain_text(said["body"] or ""),
        "body": said["body"],
        "redacted": said["redacted"],
    }


def _contacts(world: World) -> Iterator[Json]:
    keys = ("type", "id", "role", "name", "email", "external_id", "updated_at")
    return ({key: contact.fields[key] or None for key in keys} for contact in world.contacts.live.values())


def _companies(world: World) -> Iterator[Json]:
    keys = ("type", "id", "company_id", "name", "updated_at")
    return ({key: company.fields[key] for key in keys} for company in world.companies.values())


def _admins(world: World) -> Iterator[Json]:
    return ({key: admin[key] for key in ("type", "id", "name", "email")} for admin in world.admins.values())


def _tags(world: World) -> Iterator[Json]:
    return ({"type": "tag", "id": ident, "name": name} for ident, name in world.tags.items())
