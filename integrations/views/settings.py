"""The settings of a connection: what it brings in, its token, how to end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations import connections
from integrations.forms import SettingsForm
from integrations.notices import post
from integrations.views.page import connection_or_404, head
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def edit(request: Request, provider_name: str) -> HttpResponse:
    """Name, lookback, schedule and internal notes; the token is only ever replaced."""
    provider, connection = connection_or_404(request, provider_name)
    form = SettingsForm(request.POST if request.method == "POST" else None, connection=connection)
    if request.method == "POST" and form.is_valid():
        connections.rename(connection, form.cleaned_data["name"], by=request.user.email, request=request)
        connections.change_settings(connection, **form.bring_in(), by=request.user.email, request=request)
        messages.success(request, "Saved.")
        return redirect("integration-settings", provider.name)
    context = {**head(provider, connection, tab="settings"), "form": form, "told": post.who_is_told()}
    return render(request, "integrations/settings.html", context, status=422 if form.errors else 200)
