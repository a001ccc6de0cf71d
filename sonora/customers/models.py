"""Customers, the ids other systems give them, and which Intercom company is which customer."""

from typing import Any

from django.db import models

from sonora.customers import matching
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned
from sonora.workspaces.synced import SyncedObject


class Customer(WorkspaceOwned):
    """A business that the workspace serves."""

    name = models.CharField(max_length=255)
    domain = models.CharField(max_length=255, blank=True)
    tier = models.CharField(max_length=60, blank=True)
    arr = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # yearly recurring revenue
    renewal_date = models.DateField(null=True)
    owner = models.CharField(max_length=200, blank=True)
    created_at = models.BigIntegerField()

    objects = WorkspaceManager["Customer"]()

    class Meta:
        indexes = [models.Index(fields=["workspace", "name", "id"], name="customer_by_name")]

    def __str__(self) -> str:
        return self.name


class ExternalId(WorkspaceOwned):
    """The id that another system (*source*: salesforce, hubspot, csv, custom, …) gives a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(max_length=40)
    value = models.CharField(max_length=255)
    key = models.CharField(max_length=255, editable=False, default="")  # what all spellings of one id share
    set_by = models.CharField(max_length=254, blank=True)

    objects = WorkspaceManager["ExternalId"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "source", "value"], name="external_id_once_per_source"),
        ]
        indexes = [
            models.Index(fields=["workspace", "value"], name="external_id_by_value"),
            models.Index(fields=["workspace", "key"], name="external_id_by_key"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.key and "value" not in self.get_deferred_fields():
            self.key = matching.key(self.source, self.value)

    def __str__(self) -> str:
        return f"{self.source}:{self.value}"


class CustomerImport(WorkspaceOwned):
    """What the import of one file of customers did, for people to read."""

    file_name = models.CharField(max_length=255, blank=True)
    at = models.BigIntegerField()  # Unix seconds
    imported_by = models.CharField(max_length=254, blank=True)
    rows = models.IntegerField(default=0)  # rows with words in them
    created = models.IntegerField(default=0)  # customers
    updated = models.IntegerField(default=0)  # customers
    ids_added = models.IntegerField(default=0)
    companies_linked = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)  # rows
    unknown_columns = models.JSONField(default=list)
    problems = models.JSONField(default=list)  # [[row, customer's name, sentence]], the first 10,000

    objects = WorkspaceManager["CustomerImport"]()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at"], name="customer_import_by_time")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.rows} rows"


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
        ]

    def __str__(self) -> str:
        return self.name or self.external_id


class MatchQuerySet(models.QuerySet["Match"]):
    def linking(self) -> "MatchQuerySet":
        """Matches that give their company to a customer; a suggestion or a conflict does not."""
        return self.filter(state__in=Match.LINKING, customer__isnull=False)

    def by_machine(self) -> "MatchQuerySet":
        """Matches that Sonora made by itself and may therefore change."""
        decided = models.Q(state__in=[Match.State.CONFIRMED, Match.State.IGNORED]) | models.Q(
            method=Match.Method.MANUAL
        )
        return self.filter(decided_by="").exclude(decided)


class Match(WorkspaceOwned):
    """The decision that a company is a customer. What a person decided, no machine overwrites."""

    class State(models.TextChoices):
        AUTO = "auto", "Automatic"
        SUGGESTED = "suggested", "Suggested"
        CONFIRMED = "confirmed", "Confirmed"
        CONFLICT = "conflict", "Conflict"
        UNMATCHED = "unmatched", "Unmatched"
        IGNORED = "ignored", "Ignored"

    class Method(models.TextChoices):
        EXTERNAL_ID = "external_id", "by ID"
        NAME = "name", "by name"
        MANUAL = "manual", "by hand"

    LINKING = (State.AUTO, State.CONFIRMED)

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="match")
    customer = models.ForeignKey(Customer, on_delete=models.SET_NULL, null=True, related_name="matches")
    external_id = models.ForeignKey(ExternalId, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    method = models.CharField(max_length=11, choices=Method, blank=True)
    score = models.IntegerField(null=True)  # 0–100; null when by ID
    reasons = models.JSONField(default=list)
    decided_by = models.CharField(max_length=254, blank=True)  # a person's e-mail; empty: Sonora itself
    decided_at = models.BigIntegerField()

    objects = WorkspaceManager.from_queryset(MatchQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["workspace", "state"], name="match_by_state")]

    def __str__(self) -> str:
        return f"{self.company_id} is {self.customer_id}: {self.state}"
