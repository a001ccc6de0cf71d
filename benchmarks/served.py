"""The site over a fresh database in this process, and what it takes to answer for an address."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bin/gates"), str(ROOT / "benchmarks")]

import databases  # noqa: E402
import django  # noqa: E402
import processes  # noqa: E402
from django.core.management import call_command  # noqa: E402

Ask = Callable[[], None]


@contextmanager
def over(name: str) -> Iterator[databases.SQLite | databases.PostgreSQL]:
    """Django set up over a fresh database called *name* (sqlite, postgresql); once a process."""
    with databases.opened(name) as database, database.fresh() as environment:
        _set_up(environment)
        yield database


@contextmanager
def over_existing(url: str) -> Iterator[databases.Existing]:
    """Django set up over the database at *url*, which is migrated and filled already; once a process."""
    database = databases.Existing(url)
    with database.fresh() as environment:
        _set_up(environment)
        database.alone()
        yield database


def _set_up(environment: dict[str, str]) -> None:
    os.environ.update(processes.environment(environment) | {"ALLOWED_HOSTS": "testserver"})
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


def asking(client: Any, address: str, **headers: str) -> Ask:
    """What asks for *address* and ends the process unless the page comes."""

    def ask() -> None:
        answer = client.get(address, headers=headers)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")

    return ask


def timed(ask: Ask) -> tuple[float, float]:
    """Milliseconds of this process's CPU, and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    ask()
    return 1_000 * (time.process_time() - cpu), 1_000 * (time.perf_counter() - wall)


def queries(ask: Ask) -> int:
    """How many questions to the database one asking takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
