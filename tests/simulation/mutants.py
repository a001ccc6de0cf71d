"""The engine with one thing wrong, as it is in other connectors: the simulation must notice each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any
from unittest import mock

from django.db import transaction

from integrations.store import conversations
from integrations.sync import discover, engine, lease, pending, search
from integrations.sync.search import Found
from integrations.sync.slice import Slice
from integrations.sync.windows import Held
from sonora.core import clock

Mutant = Callable[[], Any]


def nothing() -> Any:
    """The engine as it is."""
    return nullcontext()


def watermark_is_the_newest_change_seen() -> Any:
    return _window_with(lambda found, target: max([row.updated_at or 0 for row in found.rows], default=target))


def watermark_is_the_end_of_the_run() -> Any:
    return _window_with(lambda found, target: clock.now())


def pages_over_one_window() -> Any:
    def upwards(work: Slice, field: Any, *, frontier: int, end: int) -> Found:
        within = search.Range(field=field, lo=frontier, hi=end)
        pages = search._pages(work, within, {})
        rows = {row.external_id: row for page in pages for row in page if search._lies_in(row, within)}
        return Found(frontier, end, list(rows.values()))

    return mock.patch.object(search, "upwards", upwards)


@contextmanager
def no_fence_and_no_guard() -> Iterator[None]:
    @contextmanager
    def unguarded(held: lease.Lease) -> Iterator[None]:
        with transaction.atomic():
            yield

    with (
        mock.patch.object(lease.Lease, "transaction", unguarded),
        mock.patch.object(conversations, "_is_older", return_value=False),
        mock.patch.object(conversations, "NEWER", None),
    ):
        yield


def same_second_is_skipped() -> Any:
    def is_wanted(updated_at: int | None, held: Held | None, *, target: int) -> bool:
        return held is None or (held.updated_at or 0) < (updated_at or 0)

    return mock.patch.object(pending, "is_wanted", is_wanted)


def checkpoint_before_the_data() -> Any:
    def read_window(work: Slice) -> None:
        target, frontier = work.state.run_target or 0, work.state.run_frontier or 0
        found = search.upwards(work, "updated_at", frontier=frontier, end=target)
        done = {"watermark": target, "run_target": None, "run_frontier": None, "tail_from": target}
        with work.commit(**(done if found.hi >= target else {"run_frontier": found.hi + 1})):
            pass
        with work.commit():
            pending.note(work, found.rows, target=target, priority=pending.CHANGED)

    return _step(discover.read_window, read_window)


def no_tail() -> Any:
    def read_tail(work: Slice) -> None:
        with work.commit(tail_from=None):
            pass

    return _step(discover.read_tail, read_tail)


def _window_with(watermark: Callable[[Found, int], int]) -> Any:
    def read_window(work: Slice) -> None:
        target, frontier = work.state.run_target or 0, work.state.run_frontier or 0
        found = search.upwards(work, "updated_at", frontier=frontier, end=target)
        done = {"run_target": None, "run_frontier": None, "tail_from": target}
        with work.commit(
            **(done | {"watermark": watermark(found, target)} if found.hi >= target else {"run_frontier": found.hi + 1})
        ):
            pending.note(work, found.rows, target=target, priority=pending.CHANGED)

    return _step(discover.read_window, read_window)


def _step(real: Callable[[Slice], None], wrong: Callable[[Slice], None]) -> Any:
    steps = tuple(replace(step, do=wrong) if step.do is real else step for step in engine.STEPS)
    return mock.patch.object(engine, "STEPS", steps)
