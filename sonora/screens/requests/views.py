"""The leaderboard of feature requests, its other tabs, and one request."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from integrations.models import Connection
from sonora.insights import counting, likeness, progress
from sonora.insights.models import FeatureRequest
from sonora.screens import connection
from sonora.screens.requests import listing, page, queue
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    tabs = listing.tabs(request.workspace.pk)
    intercom = connection.of(request)
    problem = connection.tags_problem(intercom)
    shown = listing.page(request.GET, connection.viewer(request), **_cursors(request), tags_problem=problem)
    pairs = list(likeness.suggested())  # `likeness.MOST` at most
    context = {
        "tab": "board",
        "tabs": tabs,
        "page": shown,
        "pair": pairs[0] if pairs else None,
        "pairs": len(pairs),
        "connection": intercom,
        "waiting": _waiting(intercom),
    }
    is_fragment = request.htmx.target == "results" and not request.htmx.history_restore_request
    template = "requests/_results.html" if is_fragment else "requests/index.html"
    return render(request, template, {**context, "is_fragment": is_fragment})


@require_GET
@member
def to_check(request: Request) -> HttpResponse:
    tabs = listing.tabs(request.workspace.pk)
    shown = queue.page(**_cursors(request), total=tabs.to_check)
    return render(request, "requests/to_check.html", {"tab": "to_check", "tabs": tabs, "page": shown})


@require_GET
@member
def dismissed(request: Request) -> HttpResponse:
    tabs = listing.tabs(request.workspace.pk)
    shown = listing.dismissed(**_cursors(request))
    return render(request, "requests/dismissed.html", {"tab": "dismissed", "tabs": tabs, "page": shown})


@require_GET
@member
def similar(request: Request) -> HttpResponse:
    tabs = listing.tabs(request.workspace.pk)
    return render(
        request,
        "requests/similar.html",
        {"tabs": tabs, "pairs": likeness.suggested()[:50], "apart": likeness.refused()[:50]},
    )


@require_GET
@member
def show(request: Request, pk: int) -> HttpResponse:
    """One request; one that was merged leads to where it went."""
    counting.settle_for_a_page(request.workspace.pk)
    found = get_object_or_404(FeatureRequest.objects.defer("vector"), pk=pk)
    if found.merged_into_id is not None:
        return redirect("feature-request", pk=found.merged_into_id)
    profile = page.of(found, now=connection.viewer(request).now, **_cursors(request))
    return render(request, "requests/show.html", {"one": found, "profile": profile})


def _waiting(intercom: Connection | None) -> int:
    """How many conversations are still to be analysed for requests."""
    if intercom is None:
        return 0
    return progress.of(intercom.pk, sentiment=False, requests=intercom.analyse_requests).requests


def _cursors(request: Request) -> dict[str, Any]:
    return {"after": request.GET.get("after"), "before": request.GET.get("before")}
