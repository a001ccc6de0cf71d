"""A connection's state for machines."""

from dataclasses import asdict
from typing import Any

from integrations import ledger, parts, snapshot
from integrations.models import Connection, PermissionCheck, SyncRun

RUNS_SHOWN = 10


def as_json(connection: Connection) -> dict[str, Any]:
    """State, ledger, runs and lag of *connection* as plain values; times are Unix seconds, UTC; no secret is in it."""
    reading = snapshot.read(connection)
    return {
        "provider": connection.provider,
        "workspace": {"id": connection.app_id, "name": connection.app_name, "region": connection.region},
        "base_url": connection.base_url,
        "state": _state(reading),
        "permissions": {
            check.permission: check.verdict for check in PermissionCheck.objects.filter(connection=connection)
        },
        "streams": {entry.stream: _entry(entry) for entry in ledger.entries(reading)},
        "messages": reading.counts["messages"],
        "parts": asdict(parts.of_connection(connection)),
        "unreadable": reading.seen.unreadable,
        "pending": reading.pending,
        "lag": reading.lag,
        "runs": [_run(run) for run in _runs(connection)],
    }


def _state(reading: snapshot.Reading) -> dict[str, Any]:
    return {
        "key": reading.shown.key,
        "word": reading.shown.word,
        "sentence": reading.shown.sentence,
        "setup": reading.connection.setup,
        "run": reading.connection.run,
        "freshness": reading.freshness,
        "initial_done": reading.seen.initial_done,
        "synced_through": reading.synced_through,
        "complete_back_to": reading.complete_back_to,
        "last_finished_at": reading.seen.last_finished,
        "next_run_at": reading.seen.next_run,
        "last_error": reading.connection.last_error,
    }


def _entry(entry: ledger.Entry) -> dict[str, Any]:
    return {"said": entry.said, "said_at": entry.said_at, "held": entry.held, "why": entry.why}


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
