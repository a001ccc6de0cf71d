"""Linking many companies at once: preview, confirm, summary."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from integrations.matching import bulk
from integrations.views.matching import head
from integrations.views.page import connection_or_404
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create(request: Request, provider_name: str) -> HttpResponse:
    """Show what linking the chosen companies (or with `likely` all likely ones) moves; with `confirmed`, do it."""
    provider, connection = connection_or_404(request, provider_name)
    chosen = bulk.likely(connection.pk) if "likely" in request.POST else bulk.read(request.POST.getlist("company"))
    if not chosen:
        messages.warning(request, "Select companies first.")
        return redirect("matching", provider.name)
    if "confirmed" in request.POST:
        done = bulk.link(connection, chosen, by=request.user.email, request=request)
        return render(
            request, "integrations/matching_linked.html", {**head(request, provider, connection), "done": done}
        )
    context = {**head(request, provider, connection), "preview": bulk.preview(connection, chosen)}
    return render(request, "integrations/matching_bulk.html", context)
