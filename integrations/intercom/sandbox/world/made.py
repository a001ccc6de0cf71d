"""Shapes for what is made while the sandbox runs."""

from collections.abc import Callable

from integrations.intercom.sandbox.world import html
from integrations.intercom.sandbox.world.model import Contact, Conversation, Json
from integrations.intercom.sandbox.world.people import applied
from integrations.intercom.sandbox.world.statistics import statistics


def conversation(number: int, contact: Contact, *, at: int, text: str) -> Json:
    """A new conversation, opened by *contact* with *text*, unassigned and open."""
    return {
        "type": "conversation",
        "id": str(number),
        "title": None,
        "created_at": at,
        "updated_at": at,
        "waiting_since": at,
        "snoozed_until": None,
        "contact_ids": [contact.id],
        "teammate_ids": [],
        "admin_assignee_id": 0,
        "team_assignee_id": 0,
        "company_id": contact.company_ids[0] if contact.company_ids else None,
        "open": True,
        "state": "open",
        "read": False,
        "tags": [],
        "priority": "none",
        "sla_applied": None,
        "conversation_rating": None,
        "custom_attributes": {},
        "topics": {},
        "ticket": None,
        "linked_objects": {"type": "list", "data": [], "total_count": 0, "has_more": False},
        "ai_agent": None,
        "ai_agent_participated": False,
        "channel": {"initial": "messenger", "current": "messenger"},
        "external_references": [],
        "first_contact_reply": {"created_at": at, "type": "conversation", "url": None},
        "source": _source(number, contact, text),
        "parts": [],
        "statistics": statistics(at, []),
    }


def part(author: Json, *, number: int, kind: str, body: str | None, at: int, state: str) -> Json:
    """A new part of a conversation."""
    return {
        "type": "conversation_part",
        "id": str(number),
        "part_type": kind,
        "body": body,
        "created_at": at,
        "updated_at": at,
        "notified_at": at,
        "assigned_to": None,
        "author": author | {"from_ai_agent": False, "is_ai_answer": False},
        "attachments": [],
        "external_id": None,
        "redacted": False,
        "email_message_metadata": None,
        "state": state,
        "tags": [],
        "event_details": None,
        "app_package_code": None,
    }


def person(contact: Contact) -> Json:
    """The author object of a contact."""
    return {
        "type": contact.fields["role"],
        "id": contact.id,
        "name": contact.fields["name"],
        "email": contact.fields["email"],
    }


def outline(document: Json) -> Conversation:
    """What searches need of a changed conversation."""
    return Conversation(
        id=int(document["id"]),
        number=-1,
        created_at=document["created_at"],
        updated_at=document["updated_at"],
        state=document["state"],
        snoozed_until=document["snoozed_until"],
        contact_ids=tuple(document["contact_ids"]),
        admin_id=int(document["admin_assignee_id"] or 0),
        team_id=int(document["team_assignee_id"] or 0),
        tag_ids=tuple(tag["id"] for tag in document["tags"]),
        company_id=document["company_id"],
        priority=document["priority"],
        document=document,
    )


def retagged(tags: list[Json], change: Callable[[list[str]], list[str]], at: int) -> list[Json]:
    """*tags* with their ids changed; a new one is applied at *at*."""
    known = {tag["id"]: tag for tag in tags}
    return [known.get(ident) or applied(ident, at) for ident in dict.fromkeys(change(list(known)))]


def _source(number: int, contact: Contact, text: str) -> Json:
    return {
        "type": "conversation",
        "id": str(number),
        "delivered_as": "customer_initiated",
        "subject": "",
        "body": f"<p>{html.escape(text)}</p>",
        "author": person(contact),
        "attachments": [],
        "url": None,
        "redacted": False,
    }
