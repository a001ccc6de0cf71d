"""What each run of the sync did."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from integrations import issues
from integrations.models import Connection, SyncRun
from integrations.objects import TITLES
from integrations.views.page import connection_or_404, head
from sonora.core import clock
from sonora.workspaces.access import Request, member

PAGE = 50
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
    """The runs, newest first; `before` is the id of the last run of the page before."""
    provider, connection = connection_or_404(request, provider_name)
    found = _older_than(connection, request.GET.get("before", ""))
    more = len(found) > PAGE
    context = {
        **head(provider, connection, tab="runs"),
        "runs": [_shown(run) for run in found[:PAGE]],
        "older": found[PAGE - 1].pk if more else None,
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
    context = {
        **head(provider, connection, tab="runs"),
        "run": _shown(run),
        "kinds": kinds,
        "issues": issues.grouped(run.issues),
    }
    return render(request, "integrations/run.html", context)


def _older_than(connection: Connection, before: str) -> list[SyncRun]:
    runs = SyncRun.objects.filter(connection=connection)
    mark = runs.filter(pk=int(before)).first() if before.isascii() and before.isdigit() else None
    if mark is not None:
        runs = runs.filter(Q(started_at__lt=mark.started_at) | Q(started_at=mark.started_at, pk__lt=mark.pk))
    return list(runs.order_by("-started_at", "-pk")[: PAGE + 1])


def _shown(run: SyncRun) -> dict[str, Any]:
    meaning, icon = MEANINGS[SyncRun.Result(run.result)]
    return {
        "row": run,
        "meaning": meaning,
        "icon": icon,
        "read": sum(int(number) for number in run.read.values()),
        "saved": sum(int(number) for number in run.saved.values()),
        "duration": (run.finished_at or clock.now()) - run.started_at,
        "by": run.triggered_by or "Schedule",
    }
