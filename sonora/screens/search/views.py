"""Searching the whole workspace, as a page and as the panel under the search field of every page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sonora.screens import connection
from sonora.screens.search import finding
from sonora.workspaces.access import Request, member


@require_GET
@member
def index(request: Request) -> HttpResponse:
    found = finding.find(request.GET.get("q", ""), connection.viewer(request))
    is_panel = request.htmx.target == "sitesearch-results" and not request.htmx.history_restore_request
    return render(request, "search/_panel.html" if is_panel else "search/index.html", {"found": found})
