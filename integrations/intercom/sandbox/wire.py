"""Canonical objects → the JSON of one version of the interface."""

from typing import Any

from integrations.intercom.sandbox import versions
from integrations.intercom.sandbox.plaintext import plain_text
from integrations.intercom.sandbox.versions import Version
from integrations.intercom.sandbox.world.model import Company, Contact, Conversation, Json, World

NESTED_MOST = 10  # tags, notes and companies inside a contact
PARTS_MOST = 500  # the newest ones
TEAMMATE_KEYS = {"admins": ("admins",), "teammates": ("teammates",), "both": ("admins", "teammates")}


def tag(world: World, ident: str) -> Json:
    """A tag as GET /tags lists it."""
    return {"type": "tag", "id": ident, "name": world.tags[ident]}


def applied_tag(world: World, applied: Json) -> Json:
    """A tag on an object: with the time and the one who put it there."""
    return tag(world, applied["id"]) | {"applied_at": applied["applied_at"], "applied_by": applied["applied_by"]}


def contact(world: World, value: Contact, *, merge_history: bool = False) -> Json:
    """A contact, its lists cut at ten."""
    path = f"/contacts/{value.id}"
    tags = [
        {"id": each["id"], "type": "tag", "url": f"/tags/{each['id']}"}
        for each in value.tags
        if each["id"] in world.tags
    ]
    companies = [{"id": each, "type": "company", "url": f"/companies/{each}"} for each in value.company_ids]
    result = value.fields | {
        "tags": _nested(tags, f"{path}/tags"),
        "notes": _nested([], f"{path}/notes"),
        "companies": _nested(companies, f"{path}/companies"),
        "opted_out_subscription_types": _nested([], f"{path}/subscriptions"),
        "opted_in_subscription_types": _nested([], f"{path}/subscriptions"),
    }
    if merge_history:
        result["merge_history"] = _merges(world, value.id)
    return result


def company(world: World, value: Company) -> Json:
    """A company; keys without a value are left out of it."""
    return value.fields | {
        "tags": {"type": "tag.list", "tags": [tag(world, each) for each in value.tag_ids if each in world.tags]},
        "segments": {
            "type": "segment.list",
            "segments": [each for each in world.segments if each["id"] in value.segment_ids],
        },
        "notes": {"type": "note.list", "notes": []},
    }


def conversation(
    world: World,
    value: Conversation,
    version: Version,
    *,
    parts: bool,
    plaintext: bool = False,
    teammates_key: str = "admins",
) -> Json:
    """A conversation, with its newest 500 parts when *parts* is true and without the key otherwise."""
    document = world.document(value)
    result: Json = {key: document[key] for key in document if key not in _INTERNAL}
    result |= {
        "priority": versions.priority(document["priority"], version),
        "admin_assignee_id": versions.assignee(document["admin_assignee_id"], version),
        "team_assignee_id": versions.assignee(document["team_assignee_id"], version),
        "source": _source(document["source"], version, plaintext=plaintext),
        "contacts": {
            "type": "contact.list",
            "contacts": [_contact_stub(world, each) for each in document["contact_ids"]],
        },
        "tags": {
            "type": "tag.list",
            "tags": [applied_tag(world, each) for each in document["tags"] if each["id"] in world.tags],
        },
        "teammates": _teammates(document["teammate_ids"], teammates_key),
    }
    if version >= (2, 15):
        owner = world.companies.get(document["company_id"] or "")
        result["company"] = company(world, owner) if owner else None
    if parts:
        result["conversation_parts"] = _parts(world, document["parts"], plaintext=plaintext)
    return result


_INTERNAL = frozenset({"parts", "contact_ids", "company_id", "teammate_ids"})


def _parts(world: World, parts: list[Json], *, plaintext: bool) -> Json:
    newest = parts[-PARTS_MOST:]
    return {
        "type": "conversation_part.list",
        "conversation_parts": [_part(world, each, plaintext=plaintext) for each in newest],
        "total_count": len(parts),
    }


def _part(world: World, part: Json, *, plaintext: bool) -> Json:
    if not part["tags"] and not plaintext:
        return part
    changed = part | {"tags": [tag(world, each) for each in part["tags"] if each in world.tags]}
    if plaintext and changed["body"]:
        changed["body"] = plain_text(changed["body"])
    return changed


def _source(source: Json | None, version: Version, *, plaintext: bool) -> Json | None:
    if source is None:
        return None
    result = dict(source)
    if version < (2, 16):
        for key in ("email_message_metadata", "recipients", "reply_to"):
            result.pop(key, None)
    if plaintext and result["body"]:
        result["body"] = plain_text(result["body"])
    return result


def _contact_stub(world: World, ident: str) -> Json:
    known = world.contacts.live.get(ident)
    return {"type": "contact", "id": ident, "external_id": known.fields["external_id"] if known else None}


def _teammates(ids: list[str], key: str) -> Json | None:
    if not ids:
        return None
    people = [{"type": "admin", "id": each} for each in ids]
    return {"type": "admin.list"} | dict.fromkeys(TEAMMATE_KEYS[key], people)


def _nested(items: list[Json], url: str) -> Json:
    return {
        "type": "list",
        "data": items[:NESTED_MOST],
        "url": url,
        "total_count": len(items),
        "has_more": len(items) > NESTED_MOST,
    }


def _merges(world: World, ident: str) -> list[Any]:
    return [merge["entry"] for merge in world.merges if merge["into"] == ident]
