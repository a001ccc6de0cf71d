"""Writes a conversation out: source, parts, ratings, statistics, from its outline and its story."""

import random

from integrations.intercom.sandbox.options import Options
from integrations.intercom.sandbox.world import html, parts, statistics
from integrations.intercom.sandbox.world.cast import Cast
from integrations.intercom.sandbox.world.ids import randomness
from integrations.intercom.sandbox.world.model import Conversation, Json
from integrations.intercom.sandbox.world.people import applied
from integrations.intercom.sandbox.world.plan import LONG, WITHOUT_SOURCE
from integrations.intercom.sandbox.world.scene import Scene
from integrations.intercom.sandbox.world.thread import Turn, chatter, fixed, outreach, thread

CHANNELS = (("conversation", 10), ("email", 7), ("whatsapp", 1))


class Writer:
    """Writes the conversations of one workspace; the same outline gives the same words each time."""

    def __init__(self, options: Options, cast: Cast) -> None:
        self._options, self._cast = options, cast

    def write(self, outline: Conversation) -> Json:
        """The whole conversation in canonical form."""
        rng = randomness(self._options.seed, "words", outline.number)
        scene = Scene.of(rng, self._cast, outline)
        begun, turns = self._turns(scene, outline)
        written = parts.parts(scene, turns, outline)
        source = None if _sourceless(outline, rng) else _source(scene, rng, begun, outline)
        document = _frame(outline, scene) | {"source": source, "parts": written}
        document["title"] = begun.title
        document["teammate_ids"] = _teammates(written)
        document["statistics"] = statistics.statistics(outline.created_at, written)
        document["first_contact_reply"] = _first_contact_reply(outline, source)
        return _extras(document, scene, rng, outline)

    def _turns(self, scene: Scene, outline: Conversation) -> tuple[Turn, list[Turn]]:
        if self._options.parts is not None:
            return fixed(scene, self._options.parts)
        if outline.number == LONG:
            return chatter(scene, 530)
        if outline.number % 19 == 5 and outline.language == "en" and scene.story.mood != "bad":
            return outreach(scene)
        return thread(scene, outline.state)


def _teammates(written: list[Json]) -> list[str]:
    authors = [part["author"] for part in written if part["author"]]
    return sorted({author["id"] for author in authors if author["type"] == "admin" and author["id"]})


def _sourceless(outline: Conversation, rng: random.Random) -> bool:
    return outline.number == WITHOUT_SOURCE or rng.random() < 0.008


def _source(scene: Scene, rng: random.Random, begun: Turn, outline: Conversation) -> Json:
    channel = rng.choices([name for name, _ in CHANNELS], [weight for _, weight in CHANNELS])[0]
    if begun.who != "contact":
        channel = "conversation"
    mail = channel == "email"
    source: Json = {
        "type": channel,
        "id": str(outline.id % 10_000_000_000),
        "delivered_as": {"contact": "customer_initiated", "admin": "admin_initiated"}.get(
            begun.who, "operator_initiated"
        ),
        "subject": f"<p>{html.escape(begun.title or '')}</p>" if mail else "",
        "body": html.body(begun, mail=mail, scene=scene),
        "author": scene.author(begun.who),
        "attachments": html.attachments(begun, scene),
        "url": None if mail else "https://app.northwind.example/board",
        "redacted": False,
    }
    return source | (_mail(scene, begun, outline) if mail else {})


def _mail(scene: Scene, begun: Turn, outline: Conversation) -> Json:
    sender = scene.author("contact")
    return {
        "recipients": [{"type": "to", "email": "help@northwind.example", "drop_reason": None}],
        "email_message_metadata": {
            "message_id": f"<{outline.id}.{outline.number}@mail.example>",
            "subject": begun.title or "",
            "email_address_headers": [
                {"type": "from", "email_address": sender["email"], "name": sender["name"]},
                {"type": "to", "email_address": "help@northwind.example", "name": "Northwind"},
            ],
            "history": None,
        },
    }


def _frame(outline: Conversation, scene: Scene) -> Json:
    tags = [applied(tag, outline.created_at + 600, str(scene.admin_id)) for tag in outline.tag_ids]
    return {
        "type": "conversation",
        "id": str(outline.id),
        "created_at": outline.created_at,
        "updated_at": outline.updated_at,
        "waiting_since": outline.updated_at if outline.state == "open" else None,
        "snoozed_until": outline.snoozed_until,
        "contact_ids": list(outline.contact_ids),
        "admin_assignee_id": outline.admin_id,
        "team_assignee_id": outline.team_id,
        "company_id": outline.company_id,
        "open": outline.open,
        "state": outline.state,
        "read": outline.state == "closed" or outline.number % 3 > 0,
        "tags": tags,
        "priority": outline.priority,
        "sla_applied": None,
        "conversation_rating": None,
        "custom_attributes": {"Language": outline.language} if outline.number % 4 == 0 else {},
        "topics": {},
        "ticket": None,
        "linked_objects": {"type": "list", "data": [], "total_count": 0, "has_more": False},
        "ai_agent": None,
        "ai_agent_participated": False,
        "channel": {"initial": "messenger", "current": "messenger"},
        "external_references": [],
    }


def _first_contact_reply(outline: Conversation, source: Json | None) -> Json | None:
    if source is None or source["delivered_as"] != "customer_initiated":
        return None
    return {"created_at": outline.created_at, "type": source["type"], "url": source["url"]}


def _extras(document: Json, scene: Scene, rng: random.Random, outline: Conversation) -> Json:
    """Ratings, linked tickets, the bot's part, service level, where the thread has them."""
    if outline.state == "closed" and scene.admin_id and rng.random() < 0.3:
        document["conversation_rating"] = _rating(scene, rng, outline)
    if scene.story.key.startswith("bug") and rng.random() < 0.35:
        ticket = {"type": "ticket", "id": str(outline.id % 1_000_000), "category": "Tracker"}
        document["linked_objects"] = {"type": "list", "data": [ticket], "total_count": 1, "has_more": False}
    if any(part["author"] and part["author"].get("from_ai_agent") for part in document["parts"]):
        document |= {"ai_agent_participated": True, "ai_agent": _ai_agent(outline)}
    if scene.story.priority in {"high", "urgent"}:
        status = "active" if outline.open else rng.choice(("hit", "missed"))
        document["sla_applied"] = {
            "type": "conversation_sla_summary",
            "sla_name": "First answer in 1 h",
            "sla_status": status,
        }
    return document


def _rating(scene: Scene, rng: random.Random, outline: Conversation) -> Json:
    scores, remarks = _RATINGS[scene.story.mood]
    return {
        "rating": rng.choice(scores),
        "remark": rng.choice(remarks),
        "created_at": outline.updated_at,
        "updated_at": outline.updated_at,
        "contact": {"type": "contact", "id": scene.contact.id, "external_id": scene.contact.fields["external_id"]},
        "teammate": {"type": "admin", "id": str(scene.admin_id)},
    }


_RATINGS = {
    "good": ((5, 5, 5, 4), ("", "Brilliant people.", "Always a pleasure.")),
    "neutral": ((5, 4, 4, 3), ("", "", "Quick and clear.", "Took a while, but solved.")),
    "bad": (
        (1, 2, 2, 3, 4),
        ("", "Friendly, but it should not break in the first place.", "Too slow.", "Thanks for not giving up."),
    ),
}


def _ai_agent(outline: Conversation) -> Json:
    return {
        "source_type": "profile",
        "source_title": "Fin over e-mail and chat",
        "last_answer_type": "ai_answer",
        "resolution_state": "escalated" if outline.open else "assumed_resolution",
        "rating": None,
        "rating_remark": "",
        "created_at": outline.created_at,
        "updated_at": outline.updated_at,
        "content_sources": {"type": "content_source.list", "total_count": 0, "content_sources": []},
    }
