"""What to do when something is missing: the usual causes held against this connection, and one conversation traced."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from integrations import permissions, throttle, whereabouts
from integrations.models import Connection
from integrations.views.connect import TOO_MANY_CHECKS
from integrations.views.page import connection_or_404, head
from integrations.whereabouts import Whereabouts
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def show(request: Request, provider_name: str) -> HttpResponse:
    """The page; a POST with `link` says of one conversation why it is or is not here."""
    provider, connection = connection_or_404(request, provider_name)
    asked = request.method == "POST"
    shared = head(provider, connection, tab="overview")
    context = {
        **shared,
        "checks": permissions.listed(shared["reading"].checks),
        "link": request.POST.get("link", "")[:500],
        "found": _found(request, connection) if asked else None,
    }
    template = "integrations/_whereabouts.html" if asked and request.htmx else "integrations/troubleshooting.html"
    return render(request, template, context)


def _found(request: Request, connection: Connection) -> Whereabouts:
    if not throttle.checks_left(request.user.pk):
        return Whereabouts(key="no_answer", sentence=TOO_MANY_CHECKS)
    return whereabouts.of(connection, request.POST.get("link", ""))
