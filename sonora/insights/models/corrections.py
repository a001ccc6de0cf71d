"""What people said of a sentiment that Sonora had read otherwise."""

from django.db import models

from sonora.conversations.models import Conversation
from sonora.insights.models.sentiments import Sentiment
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Correction(WorkspaceOwned):
    """A person's word on the sentiment of a conversation: no analysis and no sync overwrites it.

    One row a conversation, the last word; the audit trail has those before it.
    """

    conversation = models.OneToOneField(
        Conversation, on_delete=models.CASCADE, primary_key=True, related_name="sentiment_correction"
    )
    label = models.CharField(max_length=10, choices=Sentiment)
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=254)  # a person's e-mail
    by_name = models.CharField(max_length=254)
    at = models.BigIntegerField()  # Unix seconds

    objects = WorkspaceManager["Correction"]()

    def __str__(self) -> str:
        return f"{self.label} by {self.by}"
