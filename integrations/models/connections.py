"""Connections to providers, and what their tokens may read."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from sonora.core.encrypted import EncryptedField
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned

if TYPE_CHECKING:
    from integrations.moment import Moment


class Connection(WorkspaceOwned):
    """A workspace's link to one workspace of a provider."""

    class Setup(models.TextChoices):
        OK = "ok", "Connected"
        TOKEN_INVALID = "token_invalid", "Token not accepted"
        CREDENTIALS_UNREADABLE = "credentials_unreadable", "Credentials unreadable"
        WRONG_REGION = "wrong_region", "Wrong region"
        WORKSPACE_MISMATCH = "workspace_mismatch", "Another workspace"
        VERSION_REFUSED = "version_refused", "Update needed"
        DISCONNECTED = "disconnected", "Disconnected"
        DELETING = "deleting", "Deleting"

    class Run(models.TextChoices):
        IDLE = "idle", "Idle"
        QUEUED = "queued", "Queued"
        INITIAL = "initial", "First sync"
        INCREMENTAL = "incremental", "Syncing"
        WAITING_RATE_LIMIT = "waiting_rate_limit", "Waiting"
        WAITING_PROVIDER = "waiting_intercom", "Waiting for Intercom"
        PAUSED_BY_PERSON = "paused_by_person", "Paused"
        PAUSED_AFTER_FAILURES = "paused_after_failures", "Paused"

    provider = models.CharField(max_length=20)
    name = models.CharField(max_length=100, blank=True, default="")  # what people here call it
    token = EncryptedField(null=True)
    token_last4 = models.CharField(max_length=4, blank=True)
    token_set_by = models.CharField(max_length=254, blank=True)
    token_set_at = models.BigIntegerField(null=True)
    base_url = models.CharField(max_length=200)
    region = models.CharField(max_length=10, blank=True)  # us, eu, au, or empty when nobody said
    app_id = models.CharField(max_length=64, blank=True)
    app_name = models.CharField(max_length=255, blank=True)
    app_time_zone = models.CharField(max_length=60, blank=True)
    lookback_days = models.IntegerField(null=True, default=90)  # null: all closed conversations; 0: none
    interval = models.IntegerField(default=900)  # seconds between two runs
    show_internal_notes = models.BooleanField(default=True)
    analyse_sentiment = models.BooleanField(default=True)
    analyse_requests = models.BooleanField(default=True)
    generation = models.IntegerField(default=1)  # moves with each change of token or disconnect; fences old work
    setup = models.CharField(max_length=24, choices=Setup, default=Setup.OK)
    run = models.CharField(max_length=24, choices=Run, default=Run.QUEUED)
    run_until = models.BigIntegerField(null=True)  # what a waiting run waits for
    status_changed_at = models.BigIntegerField(null=True)
    status_changed_by = models.CharField(max_length=254, blank=True)
    failed_slices = models.IntegerField(default=0)
    failing_since = models.BigIntegerField(null=True)
    last_error = models.CharField(max_length=500, blank=True)  # a sentence for the user, never a body or a secret
    created_at = models.BigIntegerField()

    moment: "Moment | None" = None  # at which `standing` read this row for a page; not stored
    tags_verdict: str = ""  # of the last check, where `standing` read it with the row; not stored
    new_notices: int = 0  # to whoever asks, where `standing` read them with the row; not stored

    objects = WorkspaceManager["Connection"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "provider"], name="connection_once_per_workspace"),
            models.CheckConstraint(
                condition=Q(lookback_days__isnull=True) | Q(lookback_days__gte=0), name="lookback_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["setup"], condition=Q(setup="deleting"), name="connection_deleting")]

    def __str__(self) -> str:
        return f"{self.provider} {self.app_name or self.app_id}"


class PermissionCheck(WorkspaceOwned):
    """What the last check found the token may read."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="permission_checks")
    permission = models.CharField(max_length=30)  # conversations, contacts, companies, admins, tags
    verdict = models.CharField(max_length=20)  # allowed, empty, missing, plan, unknown
    detail = models.CharField(max_length=300, blank=True)
    checked_at = models.BigIntegerField()

    objects = WorkspaceManager["PermissionCheck"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "permission"], name="permission_checked_once")]

    def __str__(self) -> str:
        return f"{self.permission}: {self.verdict}"
