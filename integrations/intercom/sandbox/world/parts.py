"""Turns → conversation parts, spread over the time that the conversation took."""

from typing import Any

from integrations.intercom.sandbox.world import html
from integrations.intercom.sandbox.world.model import Conversation, Json
from integrations.intercom.sandbox.world.scene import Scene
from integrations.intercom.sandbox.world.thread import Turn

_ANONYMOUS = {"type": "admin", "id": None, "name": None, "email": None}
_ASSIGNING = frozenset({"assignment", "default_assignment", "assign_and_reopen"})
_DETAILS: dict[str, Json] = {
    "conversation_attribute_updated_by_admin": {
        "attribute": {"name": "Product area"},
        "value": {"name": "Route board"},
    },
    "ticket_state_updated_by_admin": {"attribute": {"name": "state"}, "value": {"name": "In progress"}},
    "language_detection_details": {"language": {"name": "detected"}},
}


def parts(scene: Scene, turns: list[Turn], outline: Conversation) -> list[Json]:
    """The parts of *turns*, oldest first; the last one at the conversation's last change."""
    times = _times(scene, outline, len(turns))
    state, written = "open", []
    for place, (turn, at) in enumerate(zip(turns, times, strict=True)):
        state = {"close": "closed", "open": "open", "snoozed": "snoozed"}.get(turn.kind, state)
        written.append(_part(scene, turn, outline, place=place, at=at, state=state))
    return written


def _times(scene: Scene, outline: Conversation, count: int) -> list[int]:
    lasted = outline.updated_at - outline.created_at
    shares = sorted(scene.rng.random() ** 1.6 for _ in range(count - 1))
    return [outline.created_at + int(share * lasted) for share in shares] + [outline.updated_at] * bool(count)


def _part(scene: Scene, turn: Turn, outline: Conversation, *, place: int, at: int, state: str) -> Json:
    return {
        "type": "conversation_part",
        "id": _ident(outline, place),
        "part_type": turn.kind,
        "body": html.body(turn, mail=False, scene=scene),
        "created_at": at,
        "updated_at": at,
        "notified_at": at,
        "assigned_to": {"type": "admin", "id": scene.admin["id"]} if turn.kind in _ASSIGNING else None,
        "author": _author(scene, turn, outline, place),
        "attachments": html.attachments(turn, scene),
        "external_id": None,
        "redacted": turn.extra == "redacted",
        "email_message_metadata": None,
        "state": state,
        "tags": list(outline.tag_ids[:1]) if turn.lines and outline.number % 9 == 2 and place == 1 else [],
        "event_details": _DETAILS.get(turn.kind),
        "app_package_code": None,
    }


def _ident(outline: Conversation, place: int) -> Any:
    """Part ids: text as a rule; every thirteenth conversation has small numbers, as the official examples do."""
    return place + 1 if outline.number % 13 == 6 else str(outline.id % 1_000_000_000_000 * 100 + place)


def _author(scene: Scene, turn: Turn, outline: Conversation, place: int) -> Json | None:
    if turn.who == "nobody":
        return None if outline.number % 2 else dict(_ANONYMOUS)
    author = dict(scene.author(turn.who))
    if turn.who == "fin" and (outline.number + place) % 3 == 0:
        author["type"] = "admin"  # seen live: Fin shows up as either
    return author | {"from_ai_agent": turn.who == "fin", "is_ai_answer": turn.who == "fin" and bool(turn.lines)}
