"""What each run of the sync did."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations import history, issues
from integrations.history import Filter
from integrations.models import SyncRun
from integrations.objects import TITLES
from integrations.views.page import connection_or_404, head
from sonora.workspaces.access import Request, member

MEANINGS = {
    SyncRun.Result.RUNNING: ("info", "sync"),
    SyncRun.Result.SUCCEEDED: ("ok", "check"),
    SyncRun.Result.PARTLY: ("warn", "attention"),
    SyncRun.Result.FAILED: ("error", "x"),
    SyncRun.Result.CANCELLED: ("neutral", "minus"),
}


@require_safe
@member
def index(request: Request, provider_name: str) -> HttpResponse:
    """The runs that pass the filter, newest first; `before` is the id of the last run of the page before."""
    provider, connection = connection_or_404(request, provider_name)
    shown = Filter.from_query(request.GET)
    runs, older = history.page(connection, shown, before=request.GET.get("before", ""))
    shared = head(provider, connection, tab="runs")
    context = {
        **shared,
        "filter": shown,
        "results": SyncRun.Result.choices,
        "kinds": SyncRun.Kind.choices,
        "runs": [_shown(run, now=shared["reading"].now) for run in runs],
        "older": older,
    }
    return render(request, "integrations/runs.html", context)


@require_safe
@member
def show(request: Request, provider_name: str, pk: int) -> HttpResponse:
    """One run: what it read and saved, kind by kind, and what went wrong."""
    provider, connection = connection_or_404(request, provider_name)
    run = SyncRun.objects.filter(connection=connection, pk=pk).first()
    if run is None:
        raise Http404
    kinds = [
        {"title": title, "read": run.read.get(kind, 0), "saved": run.saved.get(kind, 0)}
        for kind, title in TITLES.items()
        if run.read.get(kind) or run.saved.get(kind)
    ]
    shared = head(provider, connection, tab="runs")
    context = {
        **shared,
        "run": _shown(run, now=shared["reading"].now),
        "kinds": kinds,
        "issues": issues.grouped(run.issues),
    }
    return render(request, "integrations/run.html", context)


def _shown(run: SyncRun, *, now: int) -> dict[str, Any]:
    meaning, icon = MEANINGS[SyncRun.Result(run.result)]
    return {
        "row": run,
        "meaning": meaning,
        "icon": icon,
        "read": sum(int(number) for number in run.read.values()),
        "saved": sum(int(number) for number in run.saved.values()),
        "duration": (run.finished_at or now) - run.started_at,
        "by": run.triggered_by or "Schedule",
    }
