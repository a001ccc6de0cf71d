"""Deciding about many companies at once: preview, confirm, summary."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from integrations.matching import bulk
from integrations.models import Connection
from integrations.views.matching import head
from integrations.views.page import connection_or_404
from sonora.core import typed
from sonora.customers.queue import Filter
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create(request: Request, provider_name: str) -> HttpResponse:
    """Show what the act would do to the chosen companies; with `confirmed`, do it."""
    provider, connection = connection_or_404(request, provider_name)
    act = request.POST.get("act", "link")
    if act not in bulk.ACTS:
        return HttpResponseBadRequest("There is no such decision.")
    chosen = _chosen(request, connection)
    if not chosen:
        messages.warning(request, "Select companies first.")
        return redirect("matching", provider.name)
    if "confirmed" in request.POST:
        done = bulk.decide(connection, act, chosen, by=request.user.email, request=request)
        context = {**head(request, provider, connection), "act": act, "done": done}
        return render(request, "integrations/matching_decided.html", context)
    context = {**head(request, provider, connection), "act": act, "preview": bulk.preview(connection, chosen)}
    return render(request, "integrations/matching_bulk.html", context)


def _chosen(request: Request, connection: Connection) -> bulk.Chosen:
    """All that the list shows (`all`), all likely ones of it (`likely`), or those that the form names."""
    if not {"all", "likely"} & set(request.POST):
        return bulk.read(request.POST.getlist("company"))
    text = typed.text(request.POST.get("q", ""))
    return bulk.every(connection.pk, Filter(text=text, likely="likely" in request.POST))
