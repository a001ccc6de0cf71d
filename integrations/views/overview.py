"""The card's page: how the connection is doing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations import connections, coverage, first_sync, held, ledger, missing, objects, parts, permissions
from integrations.models import Connection, SyncRun
from integrations.providers import Provider
from integrations.views.page import head, provider_or_404
from sonora.workspaces.access import Request, member
from sonora.workspaces.models import AuditEntry

RUNS_SHOWN = 8


@require_safe
@member
def show(request: Request, provider_name: str) -> HttpResponse:
    """The overview, or an invitation to connect."""
    provider = provider_or_404(provider_name)
    connection = connections.of(request.workspace, provider.name)
    if connection is None:
        gone = AuditEntry.objects.filter(action="integration.deleted", subject=provider.name).order_by("-at").first()
        return render(request, "integrations/empty.html", {"provider": provider, "deleted_at": gone and gone.at})
    context = _live(provider, connection)
    return render(request, "integrations/overview.html", {**context, **_still(connection), "told": ""})


@require_safe
@member
def progress(request: Request, provider_name: str) -> HttpResponse:
    """What moves on the overview, for a page that asks for it every few seconds."""
    provider = provider_or_404(provider_name)
    connection = connections.of(request.workspace, provider.name)
    if connection is None:  # its data is gone: the whole page is another one now
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    context = _live(provider, connection)
    first, told = context["first"], request.GET.get("told", "")
    milestone = str(first.milestone) if first and first.milestone is not None else context["status"].key
    announce = milestone != told
    return render(
        request, "integrations/_progress.html", {**context, "told": milestone, "announce": announce, "oob": True}
    )


def _live(provider: Provider, connection: Connection) -> dict[str, Any]:
    context = head(provider, connection, tab="overview")
    reading = context["reading"]
    rows, messages = objects.rows(reading), parts.of_connection(connection)
    newest = max((row.newest for row in rows if row.newest is not None), default=None)
    return {
        **context,
        "rows": rows,
        "first": first_sync.progress(reading, newest=newest),
        "ledger": [*ledger.entries(reading), ledger.of_messages(reading, messages)],
        "cut": messages.cut,
        "coverage": coverage.of(reading),
        "missing": missing.of(reading),
        "matched": held.matched_by_id(connection),
    }


def _still(connection: Connection) -> dict[str, Any]:
    runs = SyncRun.objects.filter(connection=connection).order_by("-started_at", "-pk")[:RUNS_SHOWN]
    return {"checks": permissions.known(connection), "runs": list(runs)}
