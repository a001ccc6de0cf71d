"""What every page says of the connections: the badge on Settings, and one line for the worst problem."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from integrations import snapshot, standing
from integrations.models import Connection
from integrations.notices import seen
from integrations.status import Meaning, Status
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS, allows

OWN_PAGES = "/settings/integrations"  # these show the state themselves
TOLD = ("stale", "first_sync", "paused_by_person", "paused_after_failures", "disconnected")


def attention(request: HttpRequest) -> dict[str, Any]:
    """`nav_errors`, `banner` and `new_notices`, as functions: a page that shows none of them asks nothing."""
    return {
        "nav_errors": lambda: sum(status.needs_a_person for _, status in states(request)),
        "banner": lambda: _banner(request, states(request)),
        "new_notices": cache(lambda: seen.in_words(standing.new_notices(request))),
    }


def states(request: HttpRequest) -> list[tuple[Connection, Status]]:
    """The workspace's connections, each with its state by its own rows alone; asked for once a request."""
    return [(connection, snapshot.glance(connection)) for connection in standing.of_request(request)]


def _banner(request: HttpRequest, found: list[tuple[Connection, Status]]) -> dict[str, str] | None:
    if request.path.startswith(OWN_PAGES):
        return None
    worst = [(one, status) for one, status in found if status.needs_a_person]
    silent = [(one, status) for one, status in found if status.standstill]
    told = [(one, status) for one, status in found if status.key in TOLD]
    for connection, status in [*worst, *silent, *told]:
        return {"meaning": _meaning(status), "text": _text(status), **_way_on(request, connection, status)}
    return None


def _meaning(status: Status) -> Meaning:
    return "warn" if status.standstill and not status.needs_a_person else status.meaning


def _text(status: Status) -> str:
    if status.standstill and not status.needs_a_person:
        return f"{status.standstill} {status.advice}".strip()
    if status.key == "first_sync":
        return "First sync: conversations appear here as they come in."
    return status.sentence


def _way_on(request: HttpRequest, connection: Connection, status: Status) -> dict[str, str]:
    may = allows(request.membership.role, MANAGE_INTEGRATIONS)  # type: ignore[attr-defined]
    if status.needs_a_person and may:
        address = reverse("connect-integration", args=[connection.provider]) + "?mode=reconnect"
        return {"url": address, "action": "Reconnect"}
    return {"url": reverse("integration", args=[connection.provider]), "action": "See the connection"}
