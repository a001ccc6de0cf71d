"""Where a run begins and ends. Its target T is the server's time at its first answer, never a time of ours and never
the newest change seen: what changes later belongs to the next run.
"""

import zlib
from datetime import UTC

from integrations.models import RunLine, SyncRun
from integrations.sync import deletions, journal
from integrations.sync.journal import Line
from integrations.sync.slice import Slice
from integrations.sync.sweeps import schedule
from sonora.core import clock, words
from sonora.workspaces import audit

OVERLAP = 600  # seconds: a change may show up in the search so much later
GUARD = 1  # seconds between the server's clock and the target, since its clock has whole seconds
EVERY_RUN = ["contacts"]
NOW = ["small", "companies", "totals"]  # what a run at once reads besides, and the first run
SMALL_EVERY, COMPANIES_EVERY, TOTALS_EVERY = 3_600, 86_400, 86_400


def is_to_begin(work: Slice) -> bool:
    """Whether no run is open and one is asked for or due."""
    state = work.state
    if state.run_target is not None or state.tail_from is not None or state.owed:
        return False
    return state.now_requested_at is not None or state.run_due is None or _is_time(work, state.run_due)


def _is_time(work: Slice, due: int) -> bool:
    """Whether *due* is past, or further off than a run ever is: then our clock went back."""
    now = clock.now()
    return due <= now or due > now + 2 * work.connection.interval


def begin(work: Slice) -> None:
    """Ask for the newest deletions, the run's first answer, and open the run with the time of that answer."""
    first = deletions.first_page(work)
    target = work.server_time(first) - GUARD
    held = work.state.watermark
    is_ahead = held is not None and held > target
    watermark = target if held is None else target - OVERLAP if is_ahead else held
    opened = {
        "run_target": target,
        "run_frontier": watermark - OVERLAP,
        "watermark": watermark,
        "backfill_start": work.state.backfill_start or target,
        "owed": _owed(work),
        "run_due": clock.now() + _spread(work),
        "now_requested_at": None,
    }
    kind = _kind(work)
    with work.commit(**opened):
        if is_ahead:
            _put_back(work, was=held, target=target)
        run = _run(work, kind, target)
        journal.write(run, _first_lines(work, run))
        work.lease.save(run_id=run.pk, remarks=[])
        deletions.apply_first(work, first, target=target)


def finish(work: Slice) -> None:
    """Close the run: everything it owed is read, and nothing that it saw is waiting."""
    work.tell()
    now = clock.now()
    with work.commit(last_run_finished_at=now, initial_done_at=work.state.initial_done_at or now):
        pass
    run = SyncRun.objects.get(pk=work.state.run_id or 0)
    run.finished_at, run.result = now, SyncRun.Result.PARTLY if run.issues else SyncRun.Result.SUCCEEDED
    with work.commit(run_id=None, now_requested_by=""):
        if run.pk != work.state.resync_run:  # which goes on with what is read again
            run.save(update_fields=["finished_at", "result"])
            journal.write(run, [Line("The run is complete.")])


def _first_lines(work: Slice, run: SyncRun) -> list[Line]:
    """What is told of *run* as it begins, or goes on beside a first sync or a resync."""
    remarks = [Line(remark, RunLine.Level.WARNING) for remark in work.state.remarks]
    return [Line(f"Changes are read up to {words.exact(words.moment(run.target or 0), zone=UTC)}."), *remarks]


def _put_back(work: Slice, *, was: int | None, target: int) -> None:
    """The watermark lay ahead of Intercom's time: a clock went back, or somebody changed the row by hand.

    Nobody knows then what was read, so the sweeps that reach furthest are due at once.
    """
    detail = {"was": was, "now": target}
    audit.record("sync.watermark_clamped", workspace=work.connection.workspace_id, detail=detail)
    work.lease.save(swept=schedule.at_once(work.state, "week", "all"))


def _kind(work: Slice) -> SyncRun.Kind:
    if work.state.initial_done_at is None:
        return SyncRun.Kind.INITIAL
    return SyncRun.Kind.SCHEDULED if work.state.now_requested_at is None else SyncRun.Kind.MANUAL


def _run(work: Slice, kind: SyncRun.Kind, target: int) -> SyncRun:
    """The run for people to read. The first sync is one run, whatever comes beside it; so is a resync."""
    state = work.state
    told = state.run_id or (state.resync_run if kind == SyncRun.Kind.MANUAL else None)
    open_one = SyncRun.objects.filter(pk=told, finished_at__isnull=True).first() if told else None
    if open_one is not None:
        return open_one
    return SyncRun.objects.create(
        workspace_id=work.connection.workspace_id,
        connection_id=work.connection.pk,
        kind=kind,
        started_at=clock.now(),
        since=state.run_frontier,
        target=target,
        triggered_by=state.now_requested_by,
        issues=state.remarks,
    )


def _owed(work: Slice) -> list[str]:
    if work.state.now_requested_at is not None or work.state.backfill_start is None:
        return [*NOW, *EVERY_RUN]
    walked = dict(work.connection.streams.values_list("stream", "walked_at"))
    now = clock.now()
    every = {"small": SMALL_EVERY, "companies": COMPANIES_EVERY, "totals": TOTALS_EVERY}
    return [*(stream for stream, seconds in every.items() if (walked.get(stream) or 0) <= now - seconds), *EVERY_RUN]


def _spread(work: Slice) -> int:
    """The interval, moved by up to a tenth, another way each time: connections made together do not stay together."""
    moved = zlib.crc32(f"{work.connection.pk} {work.state.fence}".encode()) / 2**32
    return int(work.connection.interval * (0.9 + 0.2 * moved))
