"""How far each sync has come: what the workers decide by."""

from django.db import models
from django.db.models import Q

from integrations.models.connections import Connection
from sonora.workspaces.scoping import WorkspaceManager, WorkspaceOwned


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


class Beat(models.Model):
    """The one row of the scheduler. It belongs to no workspace: it says how the sharing between them stands."""

    ticked_at = models.BigIntegerField(null=True)  # the last tick that a worker carried out
    vtime = models.FloatField(default=0)  # how far the sharing has come: newcomers start here
    spread_until = models.BigIntegerField(default=0)  # those that were due together are on their way until then

    def __str__(self) -> str:
        return f"ticked at {self.ticked_at}"
