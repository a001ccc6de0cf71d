"""Disconnect: keep the data, or delete it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations import connections
from integrations.forms import DisconnectForm
from integrations.refusals import NotNow
from integrations.views.page import connection_or_404, head
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def edit(request: Request, provider_name: str) -> HttpResponse:
    """Ask which of the two, then do it."""
    provider, connection = connection_or_404(request, provider_name)
    name = connection.app_name or connection.app_id or provider.title
    form = DisconnectForm(
        request.POST if request.method == "POST" else None,
        name=name,
        initial={"choice": "delete" if request.GET.get("data") == "delete" else "keep"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            connections.disconnect(connection, by=request.user.email, delete=form.deletes, request=request)
        except NotNow as refused:
            messages.warning(request, refused.user_message)
        return redirect("integration", provider.name)
    shared = head(provider, connection, tab="settings")
    context = {
        **shared,
        "form": form,
        "chosen": form["choice"].value(),
        "counts": shared["reading"].counts,
    }
    return render(request, "integrations/disconnect.html", context, status=422 if form.errors else 200)
