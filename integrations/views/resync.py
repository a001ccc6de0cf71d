"""Read again what is held: what that costs is said first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations import resyncs
from integrations.forms import ResyncForm
from integrations.refusals import NotNow
from integrations.views.page import connection_or_404, head
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def edit(request: Request, provider_name: str) -> HttpResponse:
    """Choose what to read again, see what it costs, and begin; then to the run that tells how far it is."""
    provider, connection = connection_or_404(request, provider_name)
    shared = head(provider, connection, tab="settings")
    form = ResyncForm(request.POST if request.method == "POST" else None, choices=resyncs.choices(shared["reading"]))
    if request.method == "POST" and form.is_valid():
        objects = form.cleaned_data["objects"]
        try:
            run = resyncs.begin(connection, objects, requests=form.requests, by=request.user.email, request=request)
        except NotNow as refused:
            messages.warning(request, refused.user_message)
            return redirect("resync-integration", provider.name)
        return redirect("sync-run", provider.name, run.pk)
    context = {**shared, "form": form, "wanted": request.GET.get("object", "")}
    return render(request, "integrations/resync.html", context, status=422 if form.errors else 200)
