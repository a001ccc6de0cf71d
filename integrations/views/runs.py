"""What each run of the sync did."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from integrations import history, issues, logs, standing
from integrations.history import Filter
from integrations.models import Connection, SyncRun
from integrations.objects import TITLES
from integrations.providers import Provider
from integrations.views.page import connection_or_404, head, short_head
from sonora.customers import queue
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
        "objects": TITLES.items(),
        "runs": [_shown(run, now=shared["reading"].now) for run in runs],
        "older": older,
    }
    return render(request, "integrations/runs.html", context)


@require_safe
@member
def show(request: Request, provider_name: str, pk: int) -> HttpResponse:
    """One run: what it read and saved, kind by kind, what went wrong, and its log."""
    provider, connection = connection_or_404(request, provider_name)
    run = get_object_or_404(SyncRun, connection=connection, pk=pk)
    kinds = [
        {"title": title, "read": run.read.get(kind, 0), "saved": run.saved.get(kind, 0)}
        for kind, title in TITLES.items()
        if run.read.get(kind) or run.saved.get(kind)
    ]
    context = {
        **_head_of(request, provider, connection, run),
        "run": _shown(run, now=standing.moment_of(connection).now),
        "kinds": kinds,
        "issues": issues.grouped(run.issues),
        "log": logs.shown(run, request.GET.get("log", "")),
        "levels": logs.LEVELS.items(),
    }
    return render(request, "integrations/run.html", context)


@require_safe
@member
def log(request: Request, provider_name: str, pk: int) -> HttpResponse:
    """The log of one run as a file."""
    _, connection = connection_or_404(request, provider_name)
    run = get_object_or_404(SyncRun, connection=connection, pk=pk)
    named = {"Content-Disposition": f'attachment; filename="run-{run.pk}.log"'}
    return HttpResponse(logs.as_text(run), content_type="text/plain; charset=utf-8", headers=named)


def _head_of(request: Request, provider: Provider, connection: Connection, run: SyncRun) -> dict[str, Any]:
    """The head of a run's page. Only for how far a resync is must be counted what is held."""
    if connection.state.resync_run == run.pk:
        return {**head(provider, connection, tab="runs"), "to_review": ""}
    to_review = cache(lambda: queue.to_review(connection.pk))
    return {**short_head(request, provider, connection, tab="runs"), "to_review": to_review}


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
