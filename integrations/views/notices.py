"""What the admins were told."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations.models import Notice
from integrations.notices import seen
from sonora.core import keyset
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(MANAGE_INTEGRATIONS)
def index(request: Request) -> HttpResponse:
    """The notices, newest first; a POST says that all of them are read."""
    if request.method == "POST":
        seen.mark(request.membership)
        return redirect("notices")
    after, before = request.GET.get("after"), request.GET.get("before")
    page = keyset.page(Notice.objects.all(), order=("-at", "-pk"), after=after, before=before)
    since = request.membership.notices_seen_at
    return render(request, "integrations/notices.html", {"page": page, "seen_at": since})
