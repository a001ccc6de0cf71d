"""Finds the workspace of a request and opens its scope around the view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django_scopes import scope

from sonora.workspaces import current


class CurrentWorkspace:
    """Sets `request.workspace` and `request.membership` (None for a stranger) and scopes every query to them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        membership = current.membership(request)
        request.membership = membership  # type: ignore[attr-defined]
        request.workspace = membership.workspace if membership else None  # type: ignore[attr-defined]
        if membership is None:
            return self.get_response(request)
        with scope(workspace=membership.workspace):
            return self.get_response(request)
