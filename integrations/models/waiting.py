"""What is still to be read, and what could not be."""

from django.db import models

from integrations.models.connections import Connection
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Pending(WorkspaceOwned):
    """A conversation that was seen to have changed and is still to be read."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="pending", db_index=False)
    external_id = models.CharField(max_length=64)
    seen_updated_at = models.BigIntegerField()
    priority = models.IntegerField(default=0)  # the smaller the sooner
    not_before = models.BigIntegerField(default=0)  # database clock
    attempts = models.IntegerField(default=0)
    gone_at = models.BigIntegerField(null=True)  # the first time it was not found, by the provider's clock
    stale = models.IntegerField(default=0)  # how often it came back older than it was seen

    objects = WorkspaceManager["Pending"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "external_id"], name="pending_once_per_connection")
        ]
        indexes = [models.Index(fields=["connection", "priority", "-seen_updated_at"], name="pending_in_order")]

    def __str__(self) -> str:
        return self.external_id


class DeadLetter(WorkspaceOwned):
    """What could not be read: the only place where raw bytes are kept."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="dead_letters", db_index=False)
    stream = models.CharField(max_length=20)
    external_id = models.CharField(max_length=200)
    error = models.CharField(max_length=300)
    raw = models.BinaryField(default=b"")
    seen_updated_at = models.BigIntegerField(null=True)  # of a conversation that nothing came of: as it was then
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()
    count = models.IntegerField(default=1)

    objects = WorkspaceManager["DeadLetter"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "stream", "external_id"], name="dead_letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.external_id}"
