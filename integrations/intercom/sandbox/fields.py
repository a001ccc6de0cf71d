"""Which fields of conversations and contacts can be searched."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from integrations.intercom.sandbox.plaintext import plain_text
from integrations.intercom.sandbox.search import Days, Field, Language, words
from integrations.intercom.sandbox.versions import Version
from integrations.intercom.sandbox.world.model import Contact, Conversation, World

_TAG_OPERATORS = frozenset({"=", "!="})
_TIMES = (
    *("first_contact_reply_at", "first_assignment_at", "first_admin_reply_at", "first_close_at", "last_assignment_at"),
    *("last_assignment_admin_reply_at", "last_contact_reply_at", "last_admin_reply_at", "last_close_at"),
)
_COUNTS = (
    *("time_to_assignment", "time_to_admin_reply", "time_to_first_close", "time_to_last_close"),
    *("median_time_to_reply", "count_reopens", "count_assignments", "count_conversation_parts"),
)
_SOURCE_TEXTS = ("type", "id", "delivered_as", "subject", "url")
_AI_TEXTS = ("resolution_state", "last_answer_type", "rating", "rating_remark", "source_type", "source_title")
_RATING = {"score": "rating", "requested_at": "created_at", "replied_at": "updated_at", "remark": "remark"}

CONTACT_DATES = frozenset(
    [
        "created_at",
        "updated_at",
        "signed_up_at",
        "last_seen_at",
        "last_contacted_at",
        "last_replied_at",
        "last_email_opened_at",
        "last_email_clicked_at",
        "ios_last_seen_at",
        "android_last_seen_at",
    ]
)
CONTACT_TEXTS = frozenset(
    [
        "id",
        "role",
        "name",
        "avatar",
        "owner_id",
        "email",
        "email_domain",
        "phone",
        "formatted_phone",
        "external_id",
        "language_override",
        "browser",
        "browser_language",
        "os",
        "ios_app_version",
        "ios_device",
        "ios_os_version",
        "ios_sdk_version",
        "android_app_version",
        "android_device",
        "android_os_version",
        "android_sdk_version",
        "andoid_sdk_version",
    ]
)
CONTACT_FLAGS = frozenset({"unsubscribed_from_emails", "marked_email_as_spam", "has_hard_bounced"})


def conversation_language(world: World, *, inclusive: bool) -> Language:
    """How conversations are searched: dates by the second."""
    known = _conversation_fields(world)

    def field(name: str) -> Field | None:
        if name.startswith("custom_attributes."):
            key = name.partition(".")[2]
            return Field("text", lambda it: world.document(it)["custom_attributes"].get(key))
        return known.get(name)

    return Language(field=field, inclusive=inclusive)


def _conversation_fields(world: World) -> dict[str, Field]:
    def inside(*path: str) -> Callable[[Conversation], Any]:
        def read(it: Conversation) -> Any:
            value: Any = world.document(it)
            for key in path:
                value = value.get(key) if value else None
            return value

        return read

    fields = {
        "id": Field("text", lambda it: str(it.id)),
        "created_at": Field("date", lambda it: it.created_at),
        "updated_at": Field("date", lambda it: it.updated_at),
        "snoozed_until": Field("date", lambda it: it.snoozed_until),
        "waiting_since": Field("date", inside("waiting_since")),
        "state": Field("text", lambda it: it.state),
        "open": Field("bool", lambda it: it.open),
        "read": Field("bool", inside("read")),
        "priority": Field("text", lambda it: it.priority),
        "admin_assignee_id": Field("int", lambda it: it.admin_id),
        "team_assignee_id": Field("int", lambda it: it.team_id),
        "contact_ids": Field("list", lambda it: it.contact_ids),
        "teammate_ids": Field("list", inside("teammate_ids")),
        "tag_ids": Field("list", lambda it: [tag for tag in it.tag_ids if tag in world.tags]),
        "channel_initiated": Field("text", inside("channel", "initial")),
        "ai_agent_participated": Field("bool", inside("ai_agent_participated")),
        "source.body": Field("words", lambda it: words(plain_text(inside("source", "body")(it) or ""))),
        "statistics.last_closed_by_id": Field("text", inside("statistics", "last_closed_by_id")),
        "conversation_rating.contact_id": Field("text", inside("conversation_rating", "contact", "id")),
        "conversation_rating.admin_id": Field("text", inside("conversation_rating", "teammate", "id")),
    }
    fields |= {f"source.{key}": Field("text", inside("source", key)) for key in _SOURCE_TEXTS}
    fields |= {
        f"source.author.{key}": Field("text", inside("source", "author", key))
        for key in ("id", "type", "name", "email")
    }
    fields |= {f"statistics.{key}": Field("date", inside("statistics", key)) for key in _TIMES}
    fields |= {f"statistics.{key}": Field("int", inside("statistics", key)) for key in _COUNTS}
    fields |= {f"ai_agent.{key}": Field("text", inside("ai_agent", key)) for key in _AI_TEXTS}
    for name, key in _RATING.items():
        kind = {"score": "int", "remark": "text"}.get(name, "date")
        fields[f"conversation_rating.{name}"] = Field(kind, inside("conversation_rating", key))
    return fields


def contact_language(world: World, version: Version) -> Language:
    """How contacts are searched: dates by calendar day of the workspace up to 2.16, by the second from 2.17."""
    lists = {
        "tag_id": Field("list", _contact_tags(world), _TAG_OPERATORS),
        "segment_id": Field("list", lambda _: (), _TAG_OPERATORS),
    }

    def field(name: str) -> Field | None:
        if name in CONTACT_DATES:
            return Field("date", lambda it: it.fields.get(name))
        if name in CONTACT_TEXTS:
            return Field("text", lambda it: it.fields.get(name))
        if name in CONTACT_FLAGS:
            return Field("bool", lambda it: it.fields.get(name))
        return lists.get(name) or _nested_contact_field(name)

    return Language(field=field, days=None if version >= (2, 17) else Days(day_bounds(world.app["timezone"])))


def _nested_contact_field(name: str) -> Field | None:
    group, _, key = name.partition(".")
    if group == "custom_attributes" and key:
        return Field("text", lambda it: it.fields["custom_attributes"].get(key))
    if group == "location" and key in {"country", "region", "city"}:
        return Field("text", lambda it: it.fields["location"].get(key))
    return None


def _contact_tags(world: World) -> Callable[[Contact], list[str]]:
    return lambda it: [tag["id"] for tag in it.tags if tag["id"] in world.tags]


def day_bounds(timezone: str) -> Callable[[int], tuple[int, int]]:
    """A function from a moment (Unix seconds) to its calendar day in *timezone*: first second, and first one after."""
    zone = ZoneInfo(timezone)

    def bounds(moment: int) -> tuple[int, int]:
        if not 0 <= moment <= 253_000_000_000:  # milliseconds by mistake: no calendar reaches so far, nothing matches
            return moment, moment + 1
        midnight = datetime.fromtimestamp(moment, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        after = (midnight + timedelta(days=1)).replace(tzinfo=zone)
        return int(midnight.timestamp()), int(after.timestamp())

    return bounds
