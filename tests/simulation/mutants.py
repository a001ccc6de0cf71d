"""The engine with one thing wrong, as it is in other connectors: the simulation must notice each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from typing import Any
from unittest import mock

from django.db import transaction

from integrations import store
from integrations.providers import Range
from integrations.store import conversations
from integrations.sync import discover, engine, lease, pending, runs, search
from integrations.sync.search import Found
from integrations.sync.slice import Slice
from integrations.sync.sweeps import reconcile
from integrations.sync.windows import Held

Mutant = Callable[[], AbstractContextManager[Any]]


def nothing() -> AbstractContextManager[Any]:
    """The engine as it is."""
    return nullcontext()


def no_overlap() -> AbstractContextManager[Any]:
    return mock.patch.object(runs, "OVERLAP", 0)


@contextmanager
def the_newest_change_is_the_watermark() -> Iterator[None]:
    """And no overlap: the rule of the templates."""

    def read_window(work: Slice) -> None:
        target, found = work.state.run_target or 0, _found(work)
        newest = max((row.updated_at or 0 for row in found.rows), default=work.state.watermark or 0)
        done = {"run_target": None, "run_frontier": None, "tail_from": target, "watermark": newest}
        with work.commit(**(done if found.hi >= target else {"run_frontier": found.hi + 1})):
            pending.note(work, found.rows, target=target, priority=pending.CHANGED)

    with no_overlap(), _step(discover.read_window, read_window):
        yield


def the_end_of_the_run_is_the_watermark() -> AbstractContextManager[Any]:
    def finish(work: Slice) -> None:
        now = work.server_time(work.ask(lambda source: source.identity()))
        if work.state.run_target is None:
            with work.commit(watermark=now):
                pass
        runs.finish(work)

    return _step(runs.finish, finish)


def pages_of_one_open_window() -> AbstractContextManager[Any]:
    def read_window(work: Slice) -> None:
        target, frontier, cursor = work.state.run_target or 0, work.state.run_frontier or 0, ""
        within = Range(field="updated_at", lo=frontier, hi=None)
        while True:
            page = work.ask(lambda source: source.search_conversations(within, cursor=cursor)).value  # noqa: B023
            with work.commit():
                pending.note(work, page.rows, target=target, priority=pending.CHANGED)
            cursor = page.next
            if not cursor:
                break
        with work.commit(watermark=target, run_target=None, run_frontier=None):
            pass

    return _step(discover.read_window, read_window)


def no_fence() -> AbstractContextManager[Any]:
    """Whoever wakes up late writes on."""

    @contextmanager
    def transaction_of_anybody(held: lease.Lease) -> Iterator[None]:
        with transaction.atomic():
            yield

    return mock.patch.object(lease.Lease, "transaction", transaction_of_anybody)


@contextmanager
def neither_fence_nor_version() -> Iterator[None]:
    """And what he writes may be older than what is held."""
    with ExitStack() as stack:
        stack.enter_context(no_fence())
        stack.enter_context(mock.patch.object(conversations, "NEWER", None))
        stack.enter_context(mock.patch.object(conversations, "_is_older", return_value=False))
        yield


def what_was_seen_in_its_second_is_settled() -> AbstractContextManager[Any]:
    def is_wanted(updated_at: int | None, held: Held | None, *, target: int) -> bool:
        return held is None or held.updated_at is None or (updated_at or 0) > held.updated_at

    return mock.patch.object(pending, "is_wanted", is_wanted)


def checkpoint_before_the_data() -> AbstractContextManager[Any]:
    def read_window(work: Slice) -> None:
        target, found = work.state.run_target or 0, _found(work)
        done = {"watermark": target, "run_target": None, "run_frontier": None, "tail_from": target}
        with work.commit(**(done if found.hi >= target else {"run_frontier": found.hi + 1})):
            pass
        with work.commit():
            pending.note(work, found.rows, target=target, priority=pending.CHANGED)

    return _step(discover.read_window, read_window)


def what_the_reconciliation_does_not_see_is_deleted() -> AbstractContextManager[Any]:
    def delete(work: Slice, missing: Sequence[str]) -> None:
        store.delete_conversations(work.holder, missing, at=work.state.watermark or 0)

    return mock.patch.object(reconcile, "_ask_for", delete)


def no_tail() -> AbstractContextManager[Any]:
    def read_tail(work: Slice) -> None:
        with work.commit(tail_from=None):
            pass

    return _step(discover.read_tail, read_tail)


def _found(work: Slice) -> Found:
    target, frontier = work.state.run_target or 0, work.state.run_frontier or 0
    return search.upwards(work, "updated_at", frontier=min(frontier, target), end=target)


def _step(real: Callable[[Slice], None], wrong: Callable[[Slice], None]) -> AbstractContextManager[Any]:
    steps = tuple(replace(step, do=wrong) if step.do is real else step for step in engine.STEPS)
    return mock.patch.object(engine, "STEPS", steps)
