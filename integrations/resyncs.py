"""Resync: reading again what is held, without deleting anything; asked for by a person who was told what it costs."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from django.http import HttpRequest

from integrations.changes import due_now, freed, locked, record, state_of
from integrations.controls import make_ready, requested
from integrations.models import Connection, SyncRun
from integrations.refusals import NotNow
from integrations.snapshot import Reading
from integrations.sync.sweeps import schedule
from sonora.core import clock

TITLES = {
    "conversations": "Conversations",
    "contacts": "People",
    "lists": "Companies, teammates, teams and tags",
}
SWEEPS = {"conversations": ("resync", "all"), "contacts": ("contacts",)}  # by which each is read; lists: by the run
A_PAGE = {"contacts": 150, "companies": 60}  # objects that one answer holds
SMALL = 4  # requests for teammates, teams, tags and the run's first answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be read again, and about how many requests that costs."""

    key: str
    title: str
    held: int
    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a resync is: `done` of `total` conversations are read again; none when only lists and people are."""

    run: int
    done: int
    total: int


def choices(reading: Reading) -> list[Choice]:
    """What can be read again, the dearest first."""
    counts = reading.counts
    lists = sum(counts[kind] for kind in ("companies", "teammates", "tags"))
    of = {
        "conversations": (counts["conversations"], counts["conversations"]),
        "contacts": (counts["contacts"], _pages(counts, "contacts")),
        "lists": (lists, _pages(counts, "companies") + SMALL),
    }
    return [Choice(key=key, title=TITLES[key], held=held, requests=cost) for key, (held, cost) in of.items()]


def progress(reading: Reading) -> Progress | None:
    """How far the resync is; None while there is none."""
    state, held = reading.state, reading.tally["conversations"]
    if state.resync_run is None:
        return None
    put = min(state.resync_put, held.held) if "conversations" in state.resync_owed else held.held
    return Progress(
        run=state.resync_run,
        done=max(0, put - reading.waiting.again),
        total=held.held if state.resync_place else 0,
    )


def begin(
    connection: Connection, objects: Collection[str], *, requests: int, by: str, request: HttpRequest | None = None
) -> SyncRun:
    """Read *objects* (keys of `TITLES`) again from now on, as one run. *requests* is what the person was told it costs.

    Raises NotNow when the connection cannot sync, is still at its first sync, or is being read again already.
    """
    with locked(connection) as fresh:
        make_ready(fresh, by=by)
        state = state_of(fresh).get()
        if state.initial_done_at is None:
            raise NotNow("The first sync is still reading everything.")
        if state.resync_run is not None:
            raise NotNow("It is being read again already.")
        run = _run(fresh, by=by)
        sweeps = [name for one in objects for name in SWEEPS.get(one, ())]
        state_of(fresh).update(
            resync_run=run.pk,
            resync_owed=sorted(objects),
            resync_place="",
            resync_put=0,
            swept=schedule.at_once(state, *sweeps),
            **requested(fresh, by=by),
            **freed(),  # a slice under way would write over what is due now
        )
        record("resync_requested", fresh, by=by, request=request, objects=sorted(objects), requests=requests)
        due_now(fresh)
    return run


def _run(connection: Connection, *, by: str) -> SyncRun:
    return SyncRun.objects.create(
        workspace_id=connection.workspace_id,
        connection=connection,
        kind=SyncRun.Kind.RESYNC,
        started_at=clock.now(),
        triggered_by=by,
    )


def _pages(counts: dict[str, int], kind: str) -> int:
    return max(1, ceil(counts[kind] / A_PAGE[kind]))
