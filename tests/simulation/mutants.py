"""The engine with one thing wrong, as it is in other connectors: the simulation must notice each."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from unittest import mock

from integrations.sync import discover, engine, pending, search
from integrations.sync.search import Found
from integrations.sync.slice import Slice

Mutant = Callable[[], Any]


def nothing() -> Any:
    """The engine as it is."""
    return nullcontext()


def watermark_is_the_newest_change_seen() -> Any:
    return _window_with(lambda found, target: max([row.updated_at or 0 for row in found.rows], default=target))


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
