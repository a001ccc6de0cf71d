"""One slice of work on one connection: claim it, take step after step, give it back.

A step makes a few requests and commits what they brought together with how far that takes the sync. Killed anywhere,
the next slice begins at the last commit. The order below is the order of urgency; `reliability` in docs/ says why
nothing can be lost.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

import structlog
from django.db import Error

from integrations import held_totals
from integrations.errors import PermissionMissing, ProviderError, RequestRefused, SpanUnreadable
from integrations.providers import Access, provider_named
from integrations.store import Holder, statistics
from integrations.sync import (
    backfill,
    classes,
    companies,
    contacts,
    deletions,
    discover,
    failures,
    gaps,
    hydrate,
    lease,
    naming,
    outage,
    pending,
    resync,
    runs,
    scheduler,
    small,
    staying,
    streams,
    totals,
)
from integrations.sync.budget import PATIENCE, MustWait, Terms, budget_for
from integrations.sync.classes import SliceClass
from integrations.sync.slice import Slice
from integrations.sync.sweeps import lookback
from integrations.sync.sweeps import step as sweep
from integrations.sync.wire import Wire
from sonora.core import clock
from sonora.core.encrypted import CredentialsUnreadable
from sonora.workspaces.scoping import scope

log = structlog.get_logger(__name__)

SECONDS = 20  # of one slice
FIRST_SCREEN = 100  # conversations that are read before anything else is


class Ended(Enum):
    IDLE = "nothing left to do"
    MORE = "the time is over"
    WAIT = "Intercom's limit is spent"
    BUSY = "somebody else works on it, or it is not to be worked on"
    LOST = "somebody else took over"
    FAILED = "Intercom could not be read"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a slice ended, how many seconds to wait before the next, what failed, and what it cost."""

    ended: Ended
    wait: float = 0.0
    error: Exception | None = None
    requests: int = 0


def run_slice(
    connection_id: int,
    *,
    seconds: float = SECONDS,
    patience: float = PATIENCE,
    stopping: Callable[[], bool] = lambda: False,
    may_sweep: bool = True,
    only_if_sent_for: bool = False,
) -> Outcome:
    """Work on a connection for at most about *seconds*; waits at most *patience* seconds for its turn at Intercom.

    Never raises for what a provider or another worker does: the outcome tells. A mistake of ours counts as a failure
    and is raised. `stopping` asks it to end at the next commit. Without *may_sweep* only what the open run and the
    first sync need is read. *only_if_sent_for*: see `claim`.
    """
    workspace_id = lease.workspace_of(connection_id)
    if workspace_id is None:
        return Outcome(Ended.BUSY)
    with scope(workspace=workspace_id):
        held = lease.claim(connection_id, only_if_sent_for=only_if_sent_for)
        if held is None:
            return Outcome(Ended.BUSY)
        return _work(held, seconds=seconds, patience=patience, stopping=stopping, may_sweep=may_sweep)


def _work(
    held: lease.Lease, *, seconds: float, patience: float, stopping: Callable[[], bool], may_sweep: bool
) -> Outcome:
    failures.starting(held)
    kind = classes.of(held.state, at=clock.now())
    try:
        wire = _line(held, patience, classes.terms(kind))
    except CredentialsUnreadable as error:
        return Outcome(Ended.FAILED, wait=failures.failed(held, error), error=error)
    holder = Holder(held.connection.workspace_id, held.connection.pk)
    work = Slice(held, wire, holder, ends=time.monotonic() + seconds, stopping=stopping, may_sweep=may_sweep)
    return replace(_ended(work, kind), requests=wire.budget.requests)


def _ended(work: Slice, kind: SliceClass) -> Outcome:
    """Take the steps, and make of whatever ends them what the connection's row should say, if it is still ours."""
    try:
        return _told(work, kind)
    except Error as error:
        return Outcome(Ended.FAILED, wait=outage.failed(work.lease, error), error=error)
    except lease.LeaseLost:
        log.info("slice lost its lease", connection=work.connection.pk)
        return Outcome(Ended.LOST)
    except Exception:  # a mistake must not be made every minute for ever either
        failures.failed(work.lease, failures.Unforeseen())
        raise


def _told(work: Slice, kind: SliceClass) -> Outcome:
    try:
        ended = _paid(work, kind)
    except MustWait as wait:
        work.tell()
        failures.waiting(work.lease, wait)
        return Outcome(Ended.WAIT, wait=wait.seconds)
    except ProviderError as error:
        work.tell()
        return Outcome(Ended.FAILED, wait=failures.failed(work.lease, error), error=error)
    work.tell()
    held_totals.settle(work.connection.pk)
    failures.went_well(work.lease, is_over=ended is Ended.IDLE)
    return Outcome(ended)


def _paid(work: Slice, kind: SliceClass) -> Ended:
    """Take the steps and charge the connection for them, before it can be chosen again."""
    try:
        with work.wire:
            return _steps(work)
    finally:
        scheduler.charge(work.connection.pk, requests=work.wire.budget.requests, weight=kind.weight)


def _line(held: lease.Lease, patience: float, terms: Terms) -> Wire:
    connection = held.connection
    token = connection.token
    if token is None:
        raise CredentialsUnreadable("there is no token")
    access = Access(token=token, base_url=connection.base_url, app_id=connection.app_id, region=connection.region)
    return Wire(provider_named(connection.provider), access, budget_for(connection, terms, patience=patience))


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of work: which stream it reads, whether it is to be done now, and how."""

    stream: str
    is_next: Callable[[Slice], bool]
    do: Callable[[Slice], None]


def _owes(stream: str) -> Callable[[Slice], bool]:
    return lambda work: stream in work.state.owed


def _reads_conversations(condition: Callable[[Slice], bool]) -> Callable[[Slice], bool]:
    return lambda work: condition(work) and not streams.is_off(work, "conversations")


def _steps(work: Slice) -> Ended:
    """Take step after step. One that cannot be searched for is left out of this slice; see `_out_of_steps`."""
    held_up: dict[Step, SpanUnreadable] = {}
    while not work.spent:
        step = next((step for step in STEPS if step not in held_up and step.is_next(work)), None)
        if step is None:
            return _out_of_steps(work, held_up.values())
        try:
            step.do(work)
        except (PermissionMissing, RequestRefused) as error:
            if not step.stream:
                raise  # there is nothing to leave out: the same step would come again at once
            _skip(work, step.stream, error)
        except SpanUnreadable as error:
            held_up[step] = error
        except MustWait as wait:
            staying.wait_for(work, wait)
    return Ended.MORE


def _out_of_steps(work: Slice, held_up: Iterable[SpanUnreadable]) -> Ended:
    """Nothing is left but what is *held_up*: a slice with shorter windows goes on with it, else it is a failure."""
    for error in held_up:
        if work.is_narrowing:
            return Ended.MORE
        raise error
    return Ended.IDLE


def _skip(work: Slice, stream: str, error: PermissionMissing | RequestRefused) -> None:
    """The stream is off: this run leaves it out, without moving its watermark; the next one tries again."""
    left_out = {"run_target": None, "run_frontier": None, "tail_from": None} if stream == "conversations" else {}
    with work.commit(owed=streams.paid(work, stream), **left_out):
        streams.turn_off(work, stream, error)


def _first_screen_is_due(work: Slice) -> bool:
    return (
        work.state.initial_done_at is None
        and work.state.first_screen_at is None
        and work.state.open_frontier is not None
    )


def _first_screen(work: Slice) -> None:
    hydrate.read(work, most=FIRST_SCREEN)
    with work.commit(first_screen_at=clock.now()):
        pass
    statistics.renew()


def _read_and_find(work: Slice) -> None:
    """Look for more of what the first sync is to read while answers are under way: neither then waits for the other."""
    hydrate.read(work, meanwhile=backfill.read_on)


def _is_over(work: Slice) -> bool:
    """Whether the open run, and in the first sync all of it, is read."""
    state = work.state
    if state.run_id is None or state.run_target is not None or state.tail_from is not None or state.owed:
        return False
    if streams.is_off(work, "conversations"):
        return state.initial_done_at is not None
    return state.open_done and state.closed_done and not pending.is_due(work)


STEPS = (
    Step("", runs.is_to_begin, runs.begin),
    Step("conversations", discover.is_open, discover.read_window),
    Step("conversations", lambda work: work.state.tail_from is not None, discover.read_tail),
    Step("", _owes("small"), small.read),
    Step("deletions", _owes("deletions"), deletions.read_on),
    Step(
        "conversations",
        _reads_conversations(lambda work: work.state.open_frontier is None and backfill.open_is_left(work)),
        backfill.read_open,
    ),
    Step("conversations", _reads_conversations(_first_screen_is_due), _first_screen),
    Step("companies", _owes("companies"), companies.read),
    Step("contacts", _owes("contacts"), contacts.read),
    Step("conversations", _reads_conversations(backfill.open_is_left), backfill.read_open),
    Step("conversations", _reads_conversations(pending.is_many), _read_and_find),
    Step("conversations", _reads_conversations(backfill.closed_is_left), backfill.read_closed),
    Step("conversations", _reads_conversations(pending.is_due), hydrate.read),
    Step("conversations", _reads_conversations(gaps.is_due), gaps.read),
    Step("", _owes("totals"), totals.read),
    Step("", lookback.is_narrowed, lookback.leave),
    Step("", lambda work: _is_over(work) and naming.is_due(work), naming.look),
    Step("", _is_over, runs.finish),
    Step("", lambda work: resync.is_over(work) and not pending.is_due(work), resync.finish),
    Step("", sweep.is_due, sweep.take),
)
