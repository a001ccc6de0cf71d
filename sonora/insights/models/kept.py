"""What people decided about conversations that left Sonora and may come back. No word of a customer is among it."""

from django.db import models

from sonora.insights.models.requests import Evidence, FeatureRequest
from sonora.insights.models.sentiments import Sentiment
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class KeptQuote(WorkspaceOwned):
    """What a person decided about the quote of one message; *conversation* and *message* are the provider's ids."""

    connection = models.ForeignKey(
        "integrations.Connection", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    conversation = models.CharField(max_length=80)
    message = models.CharField(max_length=80)
    state = models.CharField(max_length=9, choices=Evidence.State)
    decided_by = models.CharField(max_length=254, blank=True)  # empty: nobody accepted or dismissed it
    request = models.ForeignKey(FeatureRequest, on_delete=models.SET_NULL, null=True, related_name="+")
    moved_by = models.CharField(max_length=254, blank=True)  # who put it into that request; empty: nobody

    objects = WorkspaceManager["KeptQuote"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "conversation", "message"], name="kept_quote_once")
        ]

    def __str__(self) -> str:
        return f"{self.message} of {self.conversation}"


class KeptCorrection(WorkspaceOwned):
    """A person's word on the sentiment of *conversation*, the provider's id; the rest as in `Correction`."""

    connection = models.ForeignKey(
        "integrations.Connection", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    conversation = models.CharField(max_length=80)
    label = models.CharField(max_length=10, choices=Sentiment)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=254)
    by_name = models.CharField(max_length=254)
    at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["KeptCorrection"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "conversation"], name="kept_correction_once")]

    def __str__(self) -> str:
        return f"{self.label} by {self.by}"
