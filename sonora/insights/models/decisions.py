"""What people decided about feature requests: remembered, listed, undone."""

from django.db import models

from sonora.insights.models.requests import Evidence, FeatureRequest
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class RequestDecision(WorkspaceOwned):
    """One act of a person; the activity of a request shows it and can undo it."""

    class Kind(models.TextChoices):
        RENAME = "rename", "Renamed"
        STATUS = "status", "Status changed"
        MERGE = "merge", "Merged"
        SPLIT = "split", "Quotes split off"
        MOVE = "move", "Quotes moved"
        DISMISS = "dismiss", "Not a request"
        RESTORE = "restore", "Taken up again"
        ACCEPT_QUOTES = "accept_quotes", "Quotes accepted"
        DISMISS_QUOTES = "dismiss_quotes", "Quotes dismissed"

    kind = models.CharField(max_length=14, choices=Kind)
    request = models.ForeignKey(FeatureRequest, on_delete=models.SET_NULL, null=True, related_name="+")
    other = models.ForeignKey(FeatureRequest, on_delete=models.SET_NULL, null=True, related_name="+")  # where it went
    note = models.CharField(max_length=250, blank=True)  # what was decided, in words
    by = models.CharField(max_length=254)  # a person's e-mail
    at = models.BigIntegerField()  # Unix seconds
    undone_by = models.CharField(max_length=254, blank=True)
    undone_at = models.BigIntegerField(null=True)

    objects = WorkspaceManager["RequestDecision"]()

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at", "-id"], name="request_decision_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by}"


class RequestChange(WorkspaceOwned):
    """What a decision did to one request or one quote: the columns that it changed, by name."""

    decision = models.ForeignKey(RequestDecision, on_delete=models.CASCADE, related_name="changes")
    request = models.ForeignKey(FeatureRequest, on_delete=models.CASCADE, null=True, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, null=True, related_name="+")
    before = models.JSONField()
    after = models.JSONField()

    objects = WorkspaceManager["RequestChange"]()

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.request_id or self.evidence_id}"
