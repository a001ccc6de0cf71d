"""Which workspace a signed-in person works in: the one chosen in this session, else the first they belong to."""

from django.http import HttpRequest
from django_scopes import scopes_disabled

from sonora.workspaces.models import Membership, User

SESSION_KEY = "workspace"


def membership(request: HttpRequest) -> Membership | None:
    """The membership that this request acts under; None for nobody and for a user without a workspace."""
    if not isinstance(request.user, User):
        return None
    mine = memberships(request.user.pk) if request.user.read_with is None else request.user.read_with
    request.memberships = mine  # type: ignore[attr-defined]
    chosen = request.session.get(SESSION_KEY)
    return next((one for one in mine if one.workspace_id == chosen), mine[0] if mine else None)


def memberships(user: int) -> list[Membership]:
    """All memberships of *user* (primary key), each with its workspace and its user."""
    with scopes_disabled():  # the one place that looks across workspaces: at the person's own memberships
        return list(Membership.objects.filter(user=user).select_related("workspace", "user").order_by("workspace_id"))


def choose(request: HttpRequest, workspace_id: int) -> bool:
    """Work in *workspace_id* from now on; False, and nothing changed, when the person does not belong to it."""
    with scopes_disabled():
        belongs = Membership.objects.filter(user=request.user.pk, workspace=workspace_id).exists()
    if belongs:
        request.session[SESSION_KEY] = workspace_id
    return belongs
