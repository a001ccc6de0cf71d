"""Who did what in the workspace: for admins."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sonora.screens.audit import listing
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import READ_AUDIT


@require_GET
@permitted(READ_AUDIT)
def index(request: Request) -> HttpResponse:
    return render(request, "audit/index.html", {"page": listing.page(request.GET)})
