"""What every row that mirrors an object of a provider has."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from sonora.workspaces.scoping import WorkspaceOwned

Synced = TypeVar("Synced", bound="SyncedObject")
GONE = Q(deleted_at__isnull=False) | Q(fetched_at__isnull=True)


class SyncedQuerySet(models.QuerySet[Synced]):
    def present(self) -> Self:
        """Those that were read from the provider and not deleted there."""
        return self.filter(fetched_at__isnull=False, deleted_at__isnull=True)

    def gone(self) -> Self:
        """The others: few, by an index of them alone where there is one."""
        return self.filter(GONE)


class SyncedObject(WorkspaceOwned):
    """The mirror of one object of a provider; all times are Unix seconds, as the provider gives them.

    A row without `fetched_at` is a placeholder: another object named it before it was read (or Intercom no longer
    gives it), so only what that other object said of it is known.
    """

    connection = models.ForeignKey(
        "integrations.Connection", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    external_id = models.CharField(max_length=64)
    created_at = models.BigIntegerField(null=True)
    updated_at = models.BigIntegerField(null=True)
    fetched_at = models.BigIntegerField(null=True)
    deleted_at = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
