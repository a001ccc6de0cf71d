"""The audit trail: who did what, when, from where. Append-only; never a secret, never a message's words."""

from typing import Any

from django.http import HttpRequest

from sonora.core import clock, visitors
from sonora.workspaces.models import AuditEntry, Workspace


def record(
    action: str,
    *,
    subject: str = "",
    detail: dict[str, Any] | None = None,
    request: HttpRequest | None = None,
    workspace: Workspace | int | None = None,
    actor: str = "",
) -> None:
    """Add one entry. With *request*, actor, address and workspace are the request's; else *workspace* is needed.

    Raises ValueError when neither tells the workspace.
    """
    if request is not None:
        workspace = workspace or request.workspace  # type: ignore[attr-defined]
    if workspace is None:
        raise ValueError("An audit entry belongs to a workspace.")
    user = request.user if request is not None and request.user.is_authenticated else None
    AuditEntry.objects.create(
        workspace_id=workspace if isinstance(workspace, int) else workspace.pk,
        at=clock.now(),
        actor_id=user.pk if user else None,
        actor=user.get_username() if user else actor,
        ip=visitors.address(request) if request is not None else None,
        action=action,
        subject=subject[:200],
        detail=detail or {},
    )
