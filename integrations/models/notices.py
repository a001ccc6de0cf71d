"""What people should hear of."""

from django.db import models
from django.db.models import Q

from integrations.models.connections import Connection
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


class Notice(WorkspaceOwned):
    """Something that people should hear of without looking; one of trouble is open until the trouble ends."""

    FIRST_SYNC, RECOVERED, DELETED = "first_sync_done", "recovered", "deletion_done"  # the others are states of a card

    connection = models.ForeignKey(Connection, on_delete=models.SET_NULL, null=True, related_name="notices")
    provider = models.CharField(max_length=20)
    kind = models.CharField(max_length=100)
    word = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    at = models.BigIntegerField()
    ended_at = models.BigIntegerField(null=True)  # news without an end have it from the start
    mailed_at = models.BigIntegerField(null=True)
    tries = models.SmallIntegerField(default=0)  # to mail it

    objects = WorkspaceManager["Notice"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection"], condition=Q(ended_at__isnull=True), name="one_open_notice_per_connection"
            )
        ]
        indexes = [
            models.Index(fields=["workspace", "-at", "-id"], name="notice_by_time"),
            models.Index(fields=["at"], condition=Q(mailed_at__isnull=True), name="notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
