"""The table of names that mean one thing."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sonora.insights import naming
from sonora.insights.aliases import Names, Wrong
from sonora.workspaces import audit
from sonora.workspaces.access import Request, member, permitted
from sonora.workspaces.permissions import EDIT_REQUESTS

LONGEST = 200_000  # characters


@require_http_methods(["GET", "POST"])
@member
def edit(request: Request) -> HttpResponseBase:
    """The table; members read it."""
    if request.method == "POST":
        return _write(request)
    return render(request, "requests/names.html", {"text": naming.names().text})


@permitted(EDIT_REQUESTS)
def _write(request: Request) -> HttpResponse:
    text = request.POST.get("names", "").replace("\0", "")[:LONGEST]
    try:
        table = Names.typed(text)
    except Wrong as wrong:
        return render(request, "requests/names.html", {"text": text, "error": str(wrong)}, status=422)
    naming.write(request.workspace.pk, table, by=request.user.email)
    audit.record("request.names_changed", detail={"things": len(table.lines)}, request=request)
    messages.success(request, "Saved. Requests that are one by these names will be suggested for merging.")
    return redirect("feature-request-names")
