"""Whose data is this: every query for workspace-owned rows runs inside `scope(workspace=…)`, or raises."""

from typing import Any, TypeVar

from django.db import models
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError
from django_scopes.state import get_scope

__all__ = ["ScopeError", "WorkspaceManager", "WorkspaceOwned", "scope", "scoped_workspace", "scopes_disabled"]

M = TypeVar("M", bound=models.Model)


class WorkspaceManager(models.Manager[M]):
    """A manager that sees one workspace.

    django-scopes' own manager lets `exists()`, `exclude()` and `bulk_update()` pass without a scope; this one refuses
    before there is a queryset at all.
    """

    def get_queryset(self) -> models.QuerySet[M]:
        active: dict[str, Any] = get_scope()
        if not active.get("_enabled", True):
            return super().get_queryset()
        if active.get("workspace") is None:
            raise ScopeError(f"{self.model.__name__} belongs to a workspace: query it inside scope(workspace=…).")
        return super().get_queryset().filter(workspace=active["workspace"])


def scoped_workspace() -> int:
    """The primary key of the workspace whose scope is open. Raises ScopeError outside of one."""
    active: dict[str, Any] = get_scope()
    workspace = active.get("workspace")
    if workspace is None:
        raise ScopeError("This belongs to a workspace: do it inside scope(workspace=…).")
    return int(getattr(workspace, "pk", workspace))


class WorkspaceOwned(models.Model):
    """A row of one workspace. A parent and its child share it: triggers in the migrations see to that."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        abstract = True
