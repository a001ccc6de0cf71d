"""Processes that die anywhere and sleep anywhere: at each request and at each statement of the database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import connection


class Killed(BaseException):
    """The process ends here: nothing that it still wanted to do is done."""


@dataclass
class Worker:
    """One process that works on a slice."""

    is_dead: bool = False


@dataclass
class Fate:
    """What becomes of the workers. `chances` are per request and per statement; none of it happens while `is_kind`."""

    random: Random
    death: float = 0.0
    sleep: float = 0.0
    meanwhile: Callable[[], None] = lambda: None  # what others do while one sleeps
    die_at: int = -1  # the step, counted over all workers, at which one dies for certain
    is_kind: bool = False
    steps: int = 0
    killed: int = 0
    awoken: int = 0
    _workers: list[Worker] = field(default_factory=list)
    _is_asleep: bool = False

    @contextmanager
    def worker(self) -> Iterator[None]:
        """Within the block a new process is at work."""
        self._workers.append(Worker())
        try:
            yield
        except Killed:
            self.killed += 1
            raise
        finally:
            self._workers.pop()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Within the block statements of the database are steps of whoever is at work."""
        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(self._statement))
            yield

    def step(self) -> None:
        """One step of the process at work, if one is: it may die before it."""
        if not self._workers:
            return
        worker = self._workers[-1]
        if not worker.is_dead:
            self.steps += 1
            worker.is_dead = self.steps == self.die_at or (not self.is_kind and self._falls(self.death))
        if worker.is_dead:
            raise Killed

    def doze(self) -> None:
        """Perhaps the process at work stops here for longer than its lease lasts, and goes on later."""
        if not self._workers or self.is_kind or self._is_asleep or not self._falls(self.sleep):
            return
        self.awoken += 1
        self._is_asleep, asleep, self._workers = True, self._workers, []
        try:
            self.meanwhile()
        finally:
            self._is_asleep, self._workers = False, asleep

    def _falls(self, chance: float) -> bool:
        return chance > 0 and self.random.random() < chance

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("BEGIN"):
            self.doze()
        self.step()
        done = execute(sql, params, many, context)
        if connection.in_atomic_block:  # written, and not committed yet
            self.step()
        return done
