"""The card's page: how the connection is doing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations import coverage, first_sync, gone, ledger, matched, missing, objects, outcomes, permissions, pulse
from integrations.models import Connection, SyncRun
from integrations.providers import Provider
from integrations.views.page import connection_of, head, provider_or_404
from sonora.insights.models import FeatureRequest
from sonora.workspaces.access import Request, member

RUNS, RUNS_SHOWN = 30, 8  # in the picture, and by name


@require_safe
@member
def show(request: Request, provider_name: str) -> HttpResponse:
    """The overview, or an invitation to connect."""
    provider = provider_or_404(provider_name)
    connection = connection_of(request, provider)
    if connection is None:
        deleted = gone.last(request.workspace, provider.name)
        return render(request, "integrations/empty.html", {"provider": provider, "deleted": deleted})
    context = _live(provider, connection)
    return render(request, "integrations/overview.html", {**context, "told": context["status"].key})


@require_safe
@member
def progress(request: Request, provider_name: str) -> HttpResponse:
    """What moves on the overview, for a page that asks for it every few seconds."""
    provider = provider_or_404(provider_name)
    connection = connection_of(request, provider)
    told = request.GET.get("told", "")
    if connection is None or (connection.setup == Connection.Setup.DELETING and told != "deleting"):
        return HttpResponse(headers={"HX-Refresh": "true"})  # the whole page is another one now
    context = _live(provider, connection)
    first = context["first"]
    milestone = str(first.milestone) if first and first.milestone is not None else context["status"].key
    announce = milestone != told
    if told == "syncing" and announce:
        _tell_what_came(request, context["runs"])
    return render(
        request, "integrations/_progress.html", {**context, "told": milestone, "announce": announce, "oob": True}
    )


def _tell_what_came(request: Request, runs: list[SyncRun]) -> None:
    """A toast for who pressed *Sync now*: the last run has just ended."""
    last = runs[0] if runs else None
    if last and last.finished_at and last.kind == SyncRun.Kind.MANUAL and last.triggered_by == request.user.email:
        messages.info(request, outcomes.of(last))


def _live(provider: Provider, connection: Connection) -> dict[str, Any]:
    context = head(provider, connection, tab="overview")
    reading = context["reading"]
    runs = list(SyncRun.objects.filter(connection=connection).order_by("-started_at", "-pk")[:RUNS])
    health = None if reading.shown.key == "deleting" else matched.of(connection.pk)
    return {
        **context,
        "rows": objects.rows(reading, runs),
        "first": first_sync.progress(reading, runs),
        "ledger": [*ledger.entries(reading), ledger.of_messages(reading)],
        "cut": reading.parts.cut,
        "coverage": coverage.of(reading),
        "missing": missing.of(reading),
        "matched": health,
        "asked_for": FeatureRequest.objects.all().listed().count(),
        "to_review": health.health.suggested if health else "",
        "checks": permissions.listed(reading.checks),
        "runs": runs[:RUNS_SHOWN],
        "pulse": pulse.bars(runs),
        "pulse_words": pulse.in_words(runs),
    }
