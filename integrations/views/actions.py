"""The buttons of a card: sync now, pause, resume, check again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from integrations import connections, throttle
from integrations.models import Connection
from integrations.refusals import NotNow, Refused
from integrations.views.connect import TOO_MANY_CHECKS
from integrations.views.page import back, connection_or_404
from sonora.workspaces.access import Request, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create_sync_run(request: Request, provider_name: str) -> HttpResponse:
    """Sync now; two clicks are one run."""
    provider, connection = connection_or_404(request, provider_name)
    said = f"Checking {provider.title} for changes."
    return _done(request, connection, connections.sync_now, said)


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create_pause(request: Request, provider_name: str) -> HttpResponse:
    """Pause until somebody resumes."""
    _, connection = connection_or_404(request, provider_name)
    return _done(request, connection, connections.pause, "Syncing is paused.")


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def end_pause(request: Request, provider_name: str) -> HttpResponse:
    """Go on."""
    _, connection = connection_or_404(request, provider_name)
    return _done(request, connection, connections.resume, "Syncing goes on.")


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create_region(request: Request, provider_name: str) -> HttpResponse:
    """Ask at the address of the region that the provider told."""
    _, connection = connection_or_404(request, provider_name)
    if not throttle.checks_left(request.user.pk):
        messages.warning(request, TOO_MANY_CHECKS)
        return back(request, reverse("integration", args=[connection.provider]))
    return _done(request, connection, connections.use_region, "The address is changed. Syncing goes on.")


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create_permission_check(request: Request, provider_name: str) -> HttpResponse:
    """Check the stored token again."""
    _, connection = connection_or_404(request, provider_name)
    if not throttle.checks_left(request.user.pk):
        messages.warning(request, TOO_MANY_CHECKS)
        return back(request, reverse("integration", args=[connection.provider]))
    try:
        result = connections.recheck(connection, by=request.user.email, request=request)
    except NotNow as refused:
        messages.warning(request, refused.user_message)
    else:
        tell = messages.success if result.outcome == "ready" else messages.warning
        tell(request, result.sentence)
    return back(request, reverse("integration", args=[connection.provider]))


def _done(request: Request, connection: Connection, act: Callable[..., object], said: str) -> HttpResponse:
    try:
        act(connection, by=request.user.email, request=request)
    except Refused as refused:
        messages.warning(request, refused.user_message)
    else:
        messages.success(request, said)
    return back(request, reverse("integration", args=[connection.provider]))
