"""What the pages of one provider share: the provider, its connection, the head with its pill and its tabs."""

from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from integrations import context, resyncs, snapshot, standing
from integrations.models import Connection, DeadLetter
from integrations.providers import Provider, all_providers
from integrations.snapshot import Reading
from integrations.status import Status
from sonora.customers import queue
from sonora.workspaces.access import Request

MOVING = (
    "first_sync",
    "syncing",
    "analysing",
    "analysis_stopped",
    "deleting",
)  # what changes while somebody looks at it
FAST, SLOW = 2, 15  # seconds between two looks


def provider_or_404(name: str) -> Provider:
    found = all_providers().get(name)
    if found is None:
        raise Http404
    return found


def connection_or_404(request: Request, name: str) -> tuple[Provider, Connection]:
    """The provider and the workspace's connection to it; 404 when there is none."""
    provider = provider_or_404(name)
    connection = connection_of(request, provider)
    if connection is None:
        raise Http404
    return provider, connection


def connection_of(request: Request, provider: Provider) -> Connection | None:
    """The workspace's connection to *provider* as it was when the request began, also one that was disconnected."""
    return next((one for one in standing.of_request(request) if one.provider == provider.name), None)


def head(provider: Provider, connection: Connection, reading: Reading | None = None, *, tab: str) -> dict[str, Any]:
    """The context of `_header.html` and `_tabs.html`."""
    reading = reading or snapshot.read(connection)
    return {
        **_shown(provider, connection, reading.shown, tab=tab),
        "reading": reading,
        "resync": resyncs.progress(reading),
        "unreadable": reading.seen.unreadable,
        "to_review": "" if reading.shown.key == "deleting" else cache(lambda: queue.to_review(connection.pk)),
        "every": FAST if reading.shown.key in MOVING or not reading.seen.initial_done else SLOW,
    }


def short_head(request: Request, provider: Provider, connection: Connection, *, tab: str) -> dict[str, Any]:
    """As `head`, for pages of another subject: nothing that is held is counted.

    By its own rows alone a connection is not known to be healthy, so the pill shows only what needs a person.
    """
    status = next(status for one, status in context.states(request) if one.pk == connection.pk)
    return {
        **_shown(provider, connection, status, tab=tab),
        "glanced": not status.needs_a_person,
        "unreadable": DeadLetter.objects.filter(connection=connection).count(),
    }


def _shown(provider: Provider, connection: Connection, status: Status, *, tab: str) -> dict[str, Any]:
    return {
        "provider": provider,
        "connection": connection,
        "status": status,
        "region_title": region_title(provider, connection),
        "busy": _why_no_sync(provider, connection, status),
        "paused": status.word == "Paused",
        "ended": connection.setup in (Connection.Setup.DISCONNECTED, Connection.Setup.DELETING),
        "tab": tab,
    }


def back(request: Request, usual: str) -> HttpResponse:
    """To the page that the button stood on, if it is one of ours, else to the address *usual*."""
    wanted = request.POST.get("next", "")
    known = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if known else usual)


def region_title(provider: Provider, connection: Connection) -> str:
    """The region in words; empty when nobody told it."""
    titles = [choice.title for choice in provider.regions() if connection.region and choice.key == connection.region]
    return titles[0] if titles else ""


def _why_no_sync(provider: Provider, connection: Connection, status: Status) -> str:
    """Why a sync cannot be asked for at this moment; empty when it can."""
    if status.key in ("first_sync", "syncing"):
        return "A sync is running"
    if connection.run == Connection.Run.WAITING_RATE_LIMIT:
        return f"Waiting for {provider.title}"
    return ""
