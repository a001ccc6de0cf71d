"""A connection's state for machines. docs/status.md says what each value means."""

from dataclasses import asdict
from typing import Any

from integrations import coverage, ledger, snapshot
from integrations.models import Connection, SyncRun
from integrations.snapshot import Reading

RUNS_SHOWN = 10


def as_json(connection: Connection) -> dict[str, Any]:
    """State, ledger, coverage, runs and lag of *connection* as plain values; times are Unix seconds, UTC; no secret."""
    reading = snapshot.read(connection)
    return {
        "provider": connection.provider,
        "workspace": {"id": connection.app_id, "name": connection.app_name, "region": connection.region},
        "base_url": connection.base_url,
        "state": _state(reading),
        "permissions": {check.permission: check.verdict for check in reading.checks},
        "streams": {entry.stream: _entry(reading, entry) for entry in ledger.entries(reading)},
        "off": [_off(one) for _, one in sorted(reading.streams.items()) if one.off_reason],
        "messages": reading.counts["messages"],
        "parts": asdict(reading.parts),
        "dead_letters": _dead_letters(reading),
        "suspects": _suspects(reading),
        "coverage": asdict(coverage.of(reading)),
        "pending": reading.pending,
        "to_analyse": asdict(reading.analysis),
        "lag": reading.lag,
        "runs": [_run(run) for run in _runs(connection)],
    }


def _state(reading: Reading) -> dict[str, Any]:
    return {
        "key": reading.shown.key,
        "word": reading.shown.word,
        "sentence": reading.shown.sentence,
        "note": reading.shown.note,
        "standstill": reading.shown.standstill,
        "advice": reading.shown.advice,
        "setup": reading.connection.setup,
        "run": reading.connection.run,
        "freshness": reading.freshness,
        "initial_done": reading.seen.initial_done,
        "synced_through": reading.synced_through,
        "complete_back_to": reading.complete_back_to,
        "backfill_done": reading.backfill_done,
        "standstill_since": reading.standstill_since,
        "last_progress_at": reading.seen.last_progress,
        "last_finished_at": reading.seen.last_finished,
        "next_run_at": reading.seen.next_run,
        "last_error": reading.connection.last_error,
    }


def _entry(reading: Reading, entry: ledger.Entry) -> dict[str, Any]:
    return {
        "said": entry.said,
        "said_at": entry.said_at,
        "held": entry.held,
        "still_to_come": entry.still_to_come,
        "balances": entry.balances,
        "reason": entry.reason,
        "why": entry.why,
        "differences": [asdict(one) for one in entry.differences],
        "unexplained": entry.unexplained,
        "dead_letters": reading.unreadable.get(entry.stream, 0),
    }


def _off(stream: Any) -> dict[str, str]:
    return {"stream": stream.stream, "reason": stream.off_reason, "permission": stream.off_detail}


def _dead_letters(reading: Reading) -> dict[str, Any]:
    oldest = min((one.first_at for one in reading.letters), default=None)
    return {"total": reading.seen.unreadable, "streams": reading.unreadable, "oldest_at": oldest}


def _suspects(reading: Reading) -> dict[str, Any]:
    """By stream, how many are gone there and kept here, and who said that they may go."""
    said = reading.state.suspects_approved
    return {
        stream: {
            "gone": gone,
            "approved_by": said.get(stream, {}).get("by"),
            "approved_at": said.get(stream, {}).get("at"),
        }
        for stream, gone in reading.state.suspects.items()
    }


def _runs(connection: Connection) -> list[SyncRun]:
    return list(SyncRun.objects.filter(connection=connection).order_by("-started_at", "-pk")[:RUNS_SHOWN])


def _run(run: SyncRun) -> dict[str, Any]:
    return {
        "id": run.pk,
        "kind": run.kind,
        "result": run.result,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "target": run.target,
        "requests": run.requests,
        "read": run.read,
        "saved": run.saved,
        "issues": run.issues,
        "triggered_by": run.triggered_by,
    }
