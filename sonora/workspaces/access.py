"""Who may open a page: decorators for views."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http import HttpRequest as _HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from sonora.workspaces import audit
from sonora.workspaces.models import Membership, User, Workspace
from sonora.workspaces.permissions import allows

P = ParamSpec("P")


class Request(_HttpRequest):
    """A request of a member: signed in, inside a workspace, perhaps from htmx."""

    user: User
    htmx: HtmxDetails
    workspace: Workspace
    membership: Membership
    memberships: list[Membership]


View = Callable[Concatenate[Request, P], HttpResponseBase]


def member(view: View[P]) -> View[P]:
    """Only for members of a workspace: others sign in first; a person without a workspace gets 404."""

    @wraps(view)
    def checked(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.workspace is None:
            raise Http404
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(checked))


def permitted(permission: str) -> Callable[[View[P]], View[P]]:
    """Only for members whose role holds *permission*; others get 403, and the try stands in the audit trail."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not allows(request.membership.role, permission):
                audit.record("access.refused", subject=permission, request=request)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return member(cast("View[P]", checked))

    return decorate
