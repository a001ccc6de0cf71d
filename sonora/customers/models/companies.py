"""Companies, as they are synced."""

from django.db import models

from sonora.core.running_totals import Entry
from sonora.workspaces.scoping import WorkspaceManager
from sonora.workspaces.synced import SyncedObject, SyncedQuerySet


class CompanyQuerySet(SyncedQuerySet["Company"]):
    """Companies, of which some are gone at the provider."""


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


class CompanyTotal(Entry):
    """On how many conversations that are held the provider names the company: the sum of its entries.

    Triggers on conversations write them (`sonora.conversations.naming`).
    """

    connection_id = models.BigIntegerField()
    company = models.ForeignKey(Company, on_delete=models.DO_NOTHING, db_constraint=False, related_name="totals")
    conversations = models.BigIntegerField(default=0)

    objects = models.Manager["CompanyTotal"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection_id", "company"],
                condition=models.Q(settled=True),
                name="one_settled_company_total",
            )
        ]
        indexes = [models.Index(fields=["connection_id", "settled"], name="company_total_by_connection")]

    def __str__(self) -> str:
        return f"{self.conversations} conversations"
