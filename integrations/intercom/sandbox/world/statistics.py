"""The figures that Intercom computes for a conversation."""

from integrations.intercom.sandbox.world.model import Json

_ASSIGNING = frozenset({"assignment", "default_assignment", "assign_and_reopen"})


def statistics(created_at: int, parts: list[Json]) -> Json:
    """`statistics` of a conversation; every figure may be null. The opening message counts as a part here."""
    replies = [part for part in parts if part["body"] and part["part_type"] != "note"]
    admins = [part["created_at"] for part in replies if _kind(part) == "admin"]
    contacts = [part["created_at"] for part in replies if _kind(part) in {"user", "lead"}]
    assigned = [part["created_at"] for part in parts if part["part_type"] in _ASSIGNING]
    closes = [part for part in parts if part["part_type"] == "close"]
    closed = [part["created_at"] for part in closes]
    return {
        "type": "conversation_statistics",
        "time_to_assignment": _since(created_at, assigned),
        "time_to_admin_reply": _since(created_at, admins),
        "time_to_first_close": _since(created_at, closed),
        "time_to_last_close": _since(created_at, closed[-1:]),
        "median_time_to_reply": _since(created_at, admins),
        "first_contact_reply_at": _first(contacts),
        "first_assignment_at": _first(assigned),
        "first_admin_reply_at": _first(admins),
        "first_close_at": _first(closed),
        "last_assignment_at": _first(assigned[-1:]),
        "last_assignment_admin_reply_at": None,
        "last_contact_reply_at": _first(contacts[-1:]),
        "last_admin_reply_at": _first(admins[-1:]),
        "last_close_at": _first(closed[-1:]),
        "last_closed_by_id": closes[-1]["author"]["id"] if closes and closes[-1]["author"] else None,
        "count_reopens": sum(part["part_type"] == "open" for part in parts),
        "count_assignments": len(assigned),
        "count_conversation_parts": len(parts) + 1,
        "assigned_team_first_response_time": [],
        "assigned_team_first_response_time_in_office_hours": [],
        "handling_time": None,
        "adjusted_handling_time": None,
    }


def _kind(part: Json) -> str:
    return part["author"]["type"] if part["author"] else ""


def _first(times: list[int]) -> int | None:
    return times[0] if times else None


def _since(start: int, times: list[int]) -> int | None:
    return times[0] - start if times else None
