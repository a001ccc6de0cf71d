"""Too many are gone to believe: a person's word lets them go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations import connections, missing
from integrations.refusals import NotNow
from integrations.views.page import connection_or_404, head
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def edit(request: Request, provider_name: str) -> HttpResponse:
    """Say what is missing and what letting it go means, then do it."""
    provider, connection = connection_or_404(request, provider_name)
    if request.method == "POST":
        try:
            connections.let_go(connection, by=request.user.email, request=request)
        except NotNow as refused:
            messages.warning(request, refused.user_message)
        else:
            messages.success(request, "They are looked for once more, and go when they are not found.")
        return redirect("integration", provider.name)
    context = head(provider, connection, tab="overview")
    return render(request, "integrations/missing.html", {**context, "missing": missing.of(context["reading"])})
