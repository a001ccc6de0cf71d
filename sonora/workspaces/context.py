"""What every template may know of the workspace."""

from typing import Any

from django.http import HttpRequest

from sonora.workspaces.permissions import GRANTED


def current(request: HttpRequest) -> dict[str, Any]:
    """`workspace`, `membership`, `memberships` (all of the person's) and `may` (permissions held, `_` for `:`)."""
    membership = getattr(request, "membership", None)
    held = GRANTED.get(membership.role, frozenset()) if membership else frozenset()
    return {
        "workspace": getattr(request, "workspace", None),
        "membership": membership,
        "memberships": getattr(request, "memberships", []),
        "may": {permission.replace(":", "_"): True for permission in held},
    }
