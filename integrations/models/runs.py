"""Passes of the sync, for people to read; nothing is decided by them."""

from django.db import models

from integrations.models.connections import Connection
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class SyncRun(WorkspaceOwned):
    """One pass of the sync, for people to read; nothing is decided by it."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "First"
        SCHEDULED = "scheduled", "Scheduled"
        MANUAL = "manual", "Manual"
        RESYNC = "resync", "Resync"

    class Result(models.TextChoices):
        RUNNING = "running", "Running"
        SUCCEEDED = "succeeded", "Succeeded"
        PARTLY = "partly", "Partly"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="runs", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    result = models.CharField(max_length=10, choices=Result, default=Result.RUNNING)
    started_at = models.BigIntegerField()
    finished_at = models.BigIntegerField(null=True)
    since = models.BigIntegerField(null=True)  # the server time from which on this run reads changes
    target = models.BigIntegerField(null=True)  # T: the server time up to which this run reads
    requests = models.IntegerField(default=0)
    waited = models.IntegerField(default=0)  # seconds in which it waited, since the provider's limit was spent
    read = models.JSONField(default=dict)  # stream → objects read
    saved = models.JSONField(default=dict)  # stream → rows that changed
    issues = models.JSONField(default=list)  # sentences, grouped by cause
    triggered_by = models.CharField(max_length=254, blank=True)

    objects = WorkspaceManager["SyncRun"]()

    class Meta:
        indexes = [models.Index(fields=["connection", "-started_at", "-id"], name="run_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.result}"


class RunLine(WorkspaceOwned):
    """One line of the log of a run, without words of a message."""

    class Level(models.TextChoices):
        INFO = "info", "Info"
        WARNING = "warning", "Warning"
        ERROR = "error", "Error"

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="lines", db_index=False)
    at = models.BigIntegerField()
    level = models.CharField(max_length=7, choices=Level)
    text = models.CharField(max_length=400)

    objects = WorkspaceManager["RunLine"]()

    class Meta:
        indexes = [models.Index(fields=["run", "id"], name="run_line_in_order")]

    def __str__(self) -> str:
        return self.text
