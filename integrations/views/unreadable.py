"""What could not be read, by cause, and the buttons that try it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from integrations import retries, standing, unreadable
from integrations.models import Connection
from integrations.refusals import NotNow
from integrations.views.page import connection_or_404, head
from sonora.core import words
from sonora.workspaces.access import Request, member, permitted
from sonora.workspaces.permissions import MANAGE_INTEGRATIONS


@require_safe
@member
def index(request: Request, provider_name: str) -> HttpResponse:
    """The dead letters, without what came."""
    provider, connection = connection_or_404(request, provider_name)
    context = {**head(provider, connection, tab="unreadable"), "causes": unreadable.causes(connection)}
    return render(request, "integrations/unreadable.html", context)


@require_POST
@permitted(MANAGE_INTEGRATIONS)
def create_retry(request: Request, provider_name: str) -> HttpResponse:
    """Try again: the letter that `letter` names (a primary key), or all of them."""
    provider, connection = connection_or_404(request, provider_name)
    _try_again(request, connection)
    if not request.htmx:
        return redirect("unreadable-objects", provider.name)
    connection = standing.again(connection)
    context = {**head(provider, connection, tab="unreadable"), "causes": unreadable.causes(connection)}
    return render(request, "integrations/_retried.html", context)


def _try_again(request: Request, connection: Connection) -> None:
    named = request.POST.get("letter", "")
    letter = int(named) if named.isascii() and named.isdigit() else None
    try:
        tried = retries.try_again(connection, by=request.user.email, letter=letter, request=request)
    except NotNow as refused:
        messages.warning(request, refused.user_message)
    else:
        messages.success(request, f"{words.counted(tried, 'object')} will be tried again.")
