"""What people decided, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from integrations.matching import undos
from integrations.views.matching import head
from integrations.views.page import back, connection_or_404
from sonora.core import paging
from sonora.customers import choosing
from sonora.customers.models import Decision
from sonora.workspaces.access import Request, member, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_safe
@member
def index(request: Request, provider_name: str) -> HttpResponse:
    """The decisions, the newest first."""
    provider, connection = connection_or_404(request, provider_name)
    page = choosing.history(after=request.GET.get("after"), before=request.GET.get("before"))
    path = reverse("matching-history", args=[provider.name])
    context = {**head(request, provider, connection), "decisions": page.rows, "links": paging.links(page, path=path)}
    return render(request, "integrations/matching_history.html", context)


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def undo(request: Request, provider_name: str, pk: int) -> HttpResponse:
    """Put back what a decision changed; what cannot be put back is told."""
    provider, _ = connection_or_404(request, provider_name)
    decision = get_object_or_404(Decision, pk=pk)
    result = undos.undo(decision, by=request.user.email, request=request)
    tell = messages.warning if result.skipped else messages.success
    tell(request, result.said)
    return back(request, reverse("matching-history", args=[provider.name]))
