"""Connections to providers, and how far each sync has come."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from sonora.core.encrypted import EncryptedField
from sonora.core.running_totals import Entry
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


class StreamState(WorkspaceOwned):
    """One kind of object: whether it may be read, what the provider counts, when it was last read whole."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="streams")
    stream = models.CharField(max_length=20)
    off_reason = models.CharField(max_length=20, blank=True)  # missing, plan; empty: it is read
    off_detail = models.CharField(max_length=300, blank=True)
    walked_at = models.BigIntegerField(null=True)  # the last time it was read whole
    whole_at = models.BigIntegerField(null=True)  # the provider's time at which the last complete walk began
    whole_before = models.BigIntegerField(null=True)  # the same of the one before
    said = models.BigIntegerField(null=True)  # how many the provider says there are
    said_at = models.BigIntegerField(null=True)
    unknown = models.JSONField(default=dict)  # name of a value that this version does not know → how often it came

    objects = WorkspaceManager["StreamState"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "stream"], name="stream_once_per_connection")]

    def __str__(self) -> str:
        return self.stream


class SyncState(WorkspaceOwned):
    """How far the sync of one connection has come: the only truth. All times are the provider's Unix seconds but for
    `lease_until`, `next_due`, `dispatched_at`, `last_progress_at` and those that say so, which are the database's.
    """

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, primary_key=True, related_name="state")
    state_version = models.IntegerField(default=1)
    generation = models.IntegerField(default=1)
    # lease and fence
    fence = models.BigIntegerField(default=0)
    lease_until = models.BigIntegerField(null=True)
    lease_owner = models.CharField(max_length=120, blank=True)
    # conversations: watermark W, the open run's target T and frontier f
    watermark = models.BigIntegerField(null=True)
    run_target = models.BigIntegerField(null=True)
    run_frontier = models.BigIntegerField(null=True)
    run_id = models.BigIntegerField(null=True)
    tail_from = models.BigIntegerField(null=True)  # the window is read; what changed after this is still to be seen
    # the first sync: what it started at, and down to where each set is read
    backfill_start = models.BigIntegerField(null=True)
    open_frontier = models.BigIntegerField(null=True)
    closed_frontier = models.BigIntegerField(null=True)
    closed_edge = models.BigIntegerField(null=True)  # down to where closed ones are wanted; null: all
    open_done = models.BooleanField(default=False)
    closed_done = models.BooleanField(default=False)
    first_screen_at = models.BigIntegerField(null=True)
    gaps = models.JSONField(
        default=list
    )  # what no search told and the frontiers went past: see `integrations.sync.gaps`
    spans = models.JSONField(
        default=dict
    )  # kind of window → its width in seconds, after the search of a wider one failed
    initial_done_at = models.BigIntegerField(null=True)
    # other streams
    deleted_seen_at = models.BigIntegerField(null=True)
    deletions_refused = models.BooleanField(default=False)
    contacts_cursor = models.TextField(blank=True)
    contacts_cursor_at = models.BigIntegerField(null=True)
    contacts_start = models.BigIntegerField(null=True)  # server time at which the walk under way began
    contacts_walked = models.BooleanField(default=False)
    contacts_target = models.BigIntegerField(null=True)  # all contacts up to this server time are read
    companies_place = models.TextField(blank=True)
    companies_place_at = models.BigIntegerField(null=True)
    companies_walk_of = models.BigIntegerField(null=True)  # the run that walked over all companies, or tried to
    companies_walk_start = models.BigIntegerField(null=True)  # server time at which the walk under way began
    owed = models.JSONField(default=list)  # streams to be read before the open run may finish
    # sweeps: what is read again besides the runs, since a search may be late and deletions are not told
    sweep = models.CharField(max_length=12, blank=True)  # the one under way
    sweep_begun_at = models.BigIntegerField(null=True)  # database clock
    sweep_target = models.BigIntegerField(null=True)  # the server time that it reads up to
    sweep_frontier = models.BigIntegerField(null=True)
    sweep_cursor = models.TextField(blank=True)
    sweep_missing = models.JSONField(default=list)  # conversations that the reconciliation under way has not seen
    swept = models.JSONField(default=dict)  # sweep → when it was last complete (database clock)
    # what somebody asked to be read again: the run that tells of it, and how far that is
    resync_run = models.BigIntegerField(null=True)
    resync_owed = models.JSONField(default=list)  # streams
    resync_place = models.CharField(max_length=64, blank=True)  # conversations up to this id were put on the list
    resync_put = models.IntegerField(default=0)  # how many those were
    suspects = models.JSONField(default=dict)  # stream → how many are gone there, too many to believe
    suspects_approved = models.JSONField(default=dict)  # stream → who said that they are gone indeed
    remarks = models.JSONField(default=list)  # sentences for the next run, noted while none was open
    search_lag = models.IntegerField(default=0)  # seconds: the latest that the search showed a change lately
    search_lag_at = models.BigIntegerField(null=True)
    narrowed_to = models.BigIntegerField(null=True)  # closed conversations that changed before this are to leave
    # schedule
    next_due = models.BigIntegerField(null=True)  # when a slice should work again
    run_due = models.BigIntegerField(null=True)  # when the next scheduled run should begin
    dispatched_at = models.BigIntegerField(null=True)
    vtime = models.FloatField(default=0)
    slice_class = models.SmallIntegerField(default=0)  # what the next slice will be: `integrations.sync.classes`
    now_requested_at = models.BigIntegerField(null=True)  # somebody asked for a run at once
    now_requested_by = models.CharField(max_length=254, blank=True)
    last_run_finished_at = models.BigIntegerField(null=True)
    last_progress_at = models.BigIntegerField(null=True)

    objects = WorkspaceManager["SyncState"]()

    class Meta:
        indexes = [
            models.Index(fields=["next_due"], name="sync_state_due"),
            # Few at any time, and not touched by a slice's commits, which move `lease_until` on.
            models.Index(fields=["dispatched_at"], condition=Q(dispatched_at__isnull=False), name="sync_state_sent"),
            models.Index(fields=["lease_owner"], condition=~Q(lease_owner=""), name="sync_state_at_work"),
        ]

    def __str__(self) -> str:
        return f"state of {self.connection_id}"


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


class Beat(models.Model):
    """The one row of the scheduler. It belongs to no workspace: it says how the sharing between them stands."""

    ticked_at = models.BigIntegerField(null=True)  # the last tick that a worker carried out
    vtime = models.FloatField(default=0)  # how far the sharing has come: newcomers start here
    spread_until = models.BigIntegerField(default=0)  # those that were due together are on their way until then

    def __str__(self) -> str:
        return f"ticked at {self.ticked_at}"


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


class HeldTotal(Entry):
    """How much of one kind of object a connection holds: the sum of its entries, which triggers write (`held_totals`).

    All `number` rows; of them those that are `held` (what a person can see) and `named_only` (not read yet). Of
    conversations that are held: their `parts`, the `parts_lacking` that the provider counts besides, and how many are
    `short` of some.
    """

    connection_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    number = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    named_only = models.BigIntegerField(default=0)
    parts = models.BigIntegerField(default=0)
    parts_lacking = models.BigIntegerField(default=0)
    short = models.BigIntegerField(default=0)

    objects = models.Manager["HeldTotal"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection_id", "kind"], condition=Q(settled=True), name="one_settled_held_total"
            )
        ]
        indexes = [models.Index(fields=["connection_id", "settled"], name="held_total_by_connection")]

    def __str__(self) -> str:
        return f"{self.held} {self.kind}"
