"""A fresh database for each measurement, as a copy of one that was migrated once."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import copies
import postgres  # of bin/gates
import processes


class Database(Protocol):
    """One kind of database."""

    title: str

    def fresh(self) -> AbstractContextManager[dict[str, str]]:
        """The environment that names a new database with the tables and one workspace."""

    def cpu(self) -> float | None:
        """CPU seconds that its server has used; None when it has none that can be looked at."""


@contextmanager
def opened(name: str) -> Iterator["SQLite | PostgreSQL"]:
    """The database called *name* (sqlite, postgresql), migrated. Raises postgres.Unavailable."""
    with tempfile.TemporaryDirectory(prefix="sonora-bench-") as folder:
        if name == "sqlite":
            yield SQLite(Path(folder))
            return
        with postgres.database_url() as url:
            yield PostgreSQL(Path(folder), url)


def _prepare(extra: dict[str, str]) -> None:
    processes.python("manage.py", "migrate", "--verbosity", "0", extra=extra)
    create = ["create_workspace", processes.WORKSPACE, "--name", "Benchmark", "--admin", "admin@example.com"]
    processes.python("manage.py", *create, extra=extra)


@dataclass(slots=True)
class SQLite:
    """A file in a folder of its own, on the disk that the machine keeps temporary files on."""

    folder: Path
    title: str = "SQLite"

    def __post_init__(self) -> None:
        _prepare(self._template)

    def fresh(self) -> AbstractContextManager[dict[str, str]]:
        return copies.of(self._template)

    def cpu(self) -> None:
        """It works inside the client's process."""

    @property
    def _template(self) -> dict[str, str]:
        return {"SONORA_DATA_DIR": str(self.folder / "template")}


@dataclass(slots=True)
class PostgreSQL:
    """Databases of one server, made by its own copying of a template."""

    folder: Path
    url: str
    title: str = "PostgreSQL"

    def __post_init__(self) -> None:
        copies.execute(self.url, "CREATE DATABASE bench_template")
        _prepare(self._template)

    def fresh(self) -> AbstractContextManager[dict[str, str]]:
        return copies.of(self._template)

    def cpu(self) -> float | None:
        pid = Path("/" + urlsplit(self.url).path.lstrip("/")).parent / "data/postmaster.pid"
        return processes.cpu_seconds(int(pid.read_text().split()[0])) if pid.exists() else None

    @property
    def _template(self) -> dict[str, str]:
        url = f"{self.url.rpartition('/')[0]}/bench_template"
        return {"SONORA_DATA_DIR": str(self.folder), "DATABASE_URL": url}


@dataclass(frozen=True, slots=True)
class Existing:
    """A database that was filled before, whose server may have other work meanwhile."""

    url: str

    @property
    def title(self) -> str:
        return "SQLite" if urlsplit(self.url).scheme == "sqlite" else "PostgreSQL"

    @contextmanager
    def fresh(self) -> Iterator[dict[str, str]]:
        """The database as it is: what asks for its pages adds sessions, chats and a canvas to it."""
        with tempfile.TemporaryDirectory(prefix="sonora-bench-") as folder:
            yield {"SONORA_DATA_DIR": folder, "DATABASE_URL": self.url}

    def alone(self) -> None:
        """Let no other process of the server work for this one's connection, so that `cpu` is all that it takes."""
        from django.db import connection

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")

    def cpu(self) -> float | None:
        """CPU seconds of the process that serves this one's connection; the server must be on this machine."""
        from django.db import connection

        if connection.vendor != "postgresql":
            return None
        return processes.cpu_seconds(connection.connection.info.backend_pid)
