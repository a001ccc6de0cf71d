"""Customers, the ids other systems give them, and the files that they came in."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower

from sonora.customers import matching
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Customer(WorkspaceOwned):
    """A business that the workspace serves."""

    name = models.CharField(max_length=255)
    domain = models.CharField(max_length=255, blank=True)
    tier = models.CharField(max_length=60, blank=True)
    arr = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # yearly recurring revenue
    renewal_date = models.DateField(null=True)
    owner = models.CharField(max_length=200, blank=True)
    health = models.CharField(max_length=60, blank=True, default="")  # in the company's own word: `customers.health`
    sources = models.JSONField(default=dict)  # where each fact is from: `customers.sources`
    created_at = models.BigIntegerField()

    objects = WorkspaceManager["Customer"]()

    class Meta:
        indexes = [
            models.Index(fields=["workspace", "name", "id"], name="customer_by_name"),
            models.Index("workspace", Lower("name"), name="customer_by_lower_name"),  # in a question, in any case
            models.Index(fields=["workspace"], condition=models.Q(health__gt=""), name="customer_with_health"),
        ]

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
