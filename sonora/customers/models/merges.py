"""Two customers that turned out to be one."""

from django.db import models

from sonora.customers.models.customers import Customer
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Merge(WorkspaceOwned):
    """A customer that went into another one: enough to take it out again. The row of the one that went is gone."""

    kept = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="merges")
    gone = models.JSONField()  # the columns of the customer that went, its primary key among them
    external_ids = models.JSONField(default=list)  # primary keys of what came from it
    matches = models.JSONField(default=dict)  # primary key of a match that came from it → its version then
    rejections = models.JSONField(default=list)  # what people had said is not it, and whether the kept one took it over
    merges = models.JSONField(default=list)  # primary keys of merges into the one that went
    filled = models.JSONField(default=dict)  # facts that the kept one lacked and took over
    by = models.CharField(max_length=254)
    at = models.BigIntegerField()  # Unix seconds
    undone_by = models.CharField(max_length=254, blank=True)
    undone_at = models.BigIntegerField(null=True)

    objects = WorkspaceManager["Merge"]()

    class Meta:
        indexes = [models.Index(fields=["kept", "-at"], name="merge_by_kept")]

    def __str__(self) -> str:
        return f"{self.gone.get('name', '')} into {self.kept_id}"

    @property
    def name(self) -> str:
        """What the customer that went was called."""
        return str(self.gone.get("name", ""))
