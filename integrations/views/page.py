"""What the pages of one provider share: the provider, its connection, the head with its pill and its tabs."""

from typing import Any

from django.http import Http404

from integrations import connections, snapshot
from integrations.models import Connection
from integrations.providers import Provider, all_providers
from integrations.snapshot import Reading
from sonora.workspaces.access import Request

MOVING = ("first_sync", "syncing", "deleting")  # what changes while somebody looks at it
FAST, SLOW = 2, 15  # seconds between two looks


def provider_or_404(name: str) -> Provider:
    found = all_providers().get(name)
    if found is None:
        raise Http404
    return found


def connection_or_404(request: Request, name: str) -> tuple[Provider, Connection]:
    """The provider and the workspace's connection to it; 404 when there is none."""
    provider = provider_or_404(name)
    connection = connections.of(request.workspace, provider.name)
    if connection is None:
        raise Http404
    return provider, connection


def head(provider: Provider, connection: Connection, reading: Reading | None = None, *, tab: str) -> dict[str, Any]:
    """The context of `_header.html` and `_tabs.html`."""
    reading = reading or snapshot.read(connection)
    return {
        "provider": provider,
        "connection": connection,
        "reading": reading,
        "status": reading.shown,
        "region_title": region_title(provider, connection),
        "busy": _why_no_sync(reading),
        "paused": reading.shown.word == "Paused",
        "ended": connection.setup in (Connection.Setup.DISCONNECTED, Connection.Setup.DELETING),
        "tab": tab,
        "every": FAST if reading.shown.key in MOVING or not reading.seen.initial_done else SLOW,
    }


def region_title(provider: Provider, connection: Connection) -> str:
    """The region in words; empty when nobody told it."""
    titles = [choice.title for choice in provider.regions() if connection.region and choice.key == connection.region]
    return titles[0] if titles else ""


def _why_no_sync(reading: Reading) -> str:
    """Why a sync cannot be asked for at this moment; empty when it can."""
    if reading.shown.key in ("first_sync", "syncing"):
        return "A sync is running"
    if reading.connection.run == Connection.Run.WAITING_RATE_LIMIT:
        return f"Waiting for {reading.seen.provider}"
    return ""
