"""Companies, as they are synced."""

from django.db import models

from sonora.workspaces.scoping import WorkspaceManager
from sonora.workspaces.synced import SyncedObject


class CompanyQuerySet(models.QuerySet["Company"]):
    def present(self) -> "CompanyQuerySet":
        """Companies that were read from the provider and not deleted there."""
        return self.filter(fetched_at__isnull=False, deleted_at__isnull=True)


class Company(SyncedObject):
    """An Intercom company; `company_id` is the id that the customer's own systems gave it."""

    company_id = models.CharField(max_length=255, blank=True)
    name = models.CharField(max_length=255, blank=True)
    website = models.CharField(max_length=1000, blank=True)
    industry = models.CharField(max_length=255, blank=True)
    plan = models.CharField(max_length=255, blank=True)
    size = models.IntegerField(null=True)
    user_count = models.IntegerField(null=True)
    monthly_spend = models.FloatField(null=True)
    url = models.CharField(max_length=500, blank=True)

    objects = WorkspaceManager.from_queryset(CompanyQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "external_id"], name="company_once_per_connection")
        ]
        indexes = [
            models.Index(fields=["workspace", "company_id"], name="company_by_company_id"),
            models.Index(fields=["workspace", "name", "id"], name="company_by_name"),
            models.Index(fields=["connection", "created_at"], name="company_by_creation"),
            models.Index(
                fields=["connection", "deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="company_by_deletion",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.external_id
