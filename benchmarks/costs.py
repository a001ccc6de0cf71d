"""What a piece of work costs: CPU here and in the database, and statements."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """CPU seconds of this process and of PostgreSQL's for this connection; how many statements; what was scanned."""

    client: float
    database: float
    statements: int
    scanned: tuple[str, ...] = ()

    @property
    def cpu(self) -> float:
        return self.client + self.database


def measured(work: Callable[[], object]) -> Cost:
    """Do *work* and tell what it cost."""
    counter = _Counter()
    backend = _backend()
    before, started = _cpu_of(backend), time.process_time()
    with connection.execute_wrapper(counter):
        work()
    client = time.process_time() - started
    return Cost(client=client, database=_cpu_of(backend) - before, statements=counter.statements)


def total(some: Sequence[Cost]) -> Cost:
    """All of *some* together."""
    return Cost(
        client=sum(one.client for one in some),
        database=sum(one.database for one in some),
        statements=sum(one.statements for one in some),
    )


def write(path: Path, costs: dict[str, Cost]) -> None:
    """Hand *costs* (name of the work → cost) over to another process."""
    path.write_text(json.dumps({name: asdict(one) for name, one in costs.items()}))


def read(path: Path) -> dict[str, Cost]:
    return {name: Cost(**one) for name, one in json.loads(path.read_text()).items()}


class _Counter:
    """Counts what Django sends."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)


def _backend() -> int | None:
    """The process of the server that works for this connection; None on SQLite."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _cpu_of(pid: int | None) -> float:
    """Seconds on a processor, exact to the nanosecond even where others wait for one."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 if pid is not None else 0.0
