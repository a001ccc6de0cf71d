"""Processes that die anywhere and sleep anywhere: at each request and at each statement of the database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
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
    time_is_up_at: int = -1  # the step at which the time limit of a task strikes, once
    is_kind: bool = False
    steps: int = 0
    milestones: list[int] = field(
        default_factory=list
    )  # the steps at which a question is asked or a transaction begins
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

    def step(self, *, is_milestone: bool) -> None:
        """One step of the process at work, if one is: it may die before it."""
        if not self._workers:
            return
        worker = self._workers[-1]
        if not worker.is_dead:
            self.steps += 1
            if is_milestone:
                self.milestones.append(self.steps)
            if self.steps == self.time_is_up_at:
                raise SoftTimeLimitExceeded
            worker.is_dead = self.steps == self.die_at or (not self.is_kind and self._falls(self.death))
        if worker.is_dead:
            raise Killed

    def die(self, steps: int = 1) -> None:
        """Whoever is at work so many steps from now dies there."""
        self.die_at = self.steps + steps

    def strike(self, steps: int) -> None:
        """Whoever is at work so many steps from now is told that its time is over."""
        self.time_is_up_at = self.steps + steps

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
        is_beginning = sql.startswith("BEGIN")
        if is_beginning:
            self.doze()
        self.step(is_milestone=is_beginning)
        done = execute(sql, params, many, context)
        if connection.in_atomic_block:  # written, and not committed yet
            self.step(is_milestone=False)
        return done
