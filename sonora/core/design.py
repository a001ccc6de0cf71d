"""Every component in every state, and whole pages made of them with invented content; for development only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sonora.core.icons import ICONS

PAGES = {
    "gallery": "/design",
    "sign-in": "/sign-in",
    "integrations": "/settings/integrations",
    "wizard": "/settings/integrations/intercom/connect",
    "first-sync": "/settings/integrations/intercom",
    "conversations": "/conversations",
    "reader": "/conversations/1",
    "customers": "/customers",
    "customer": "/customers/1",
    "import": "/customers/import",
    "runs": "/settings/integrations/intercom/runs",
}


def gallery(request: HttpRequest, page: str = "gallery") -> HttpResponse:
    """The composition *page* of `PAGES`. Raises Http404 for another, and for all of them outside DEBUG."""
    if not settings.DEBUG or page not in PAGES:
        raise Http404
    context = {"here": PAGES[page], "pages": PAGES, "icons": ICONS, "now": timezone.now().timestamp()}
    return render(request, f"design/{page.replace('-', '_')}.html", context)
