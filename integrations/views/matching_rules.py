"""How companies are matched: three questions, what the answers would do, and Save."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations.matching import saving
from integrations.matching.forms import RulesForm
from integrations.views.matching import head, rules_of
from integrations.views.page import connection_or_404
from sonora.customers import choosing
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def edit(request: Request, provider_name: str) -> HttpResponse:
    """The rules. A POST with `preview` counts what they would do; any other saves them."""
    provider, connection = connection_or_404(request, provider_name)
    posted = request.method == "POST"
    form = RulesForm(request.POST if posted else None, held=rules_of(connection))
    preview = None
    if posted and form.is_valid():
        if "preview" not in request.POST:
            whole = saving.save(connection, form.rules(), by=request.user.email, request=request)
            messages.success(request, SAVED if whole else SAVED_FOR_LATER)
            return redirect("matching", provider.name)
        preview = choosing.preview(connection.pk, form.rules())
    context = {**head(request, provider, connection), "form": form, "preview": preview}
    return render(request, "integrations/matching_rules.html", context, status=422 if form.errors else 200)


SAVED = "Saved. Companies are matched by these rules now."
SAVED_FOR_LATER = "Saved. IDs are compared; the next sync looks at the names."
