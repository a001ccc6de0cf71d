"""A copy of a whole database, made by the database system or by the file system while nobody is connected."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

FILE = "sonora.sqlite3"


@contextmanager
def of(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The environment that names a copy of the database that *environment* names; it is gone after the block."""
    if url := environment.get("DATABASE_URL"):
        with _on_server(url) as copied:
            yield {**environment, "DATABASE_URL": copied}
        return
    with tempfile.TemporaryDirectory(prefix="sonora-copy-") as folder:
        shutil.copytree(environment["SONORA_DATA_DIR"], folder, dirs_exist_ok=True)
        yield {**environment, "SONORA_DATA_DIR": folder}


def name(environment: Mapping[str, str]) -> str:
    """What Django calls that database: its name on the server, or its file."""
    if url := environment.get("DATABASE_URL"):
        return url.rpartition("/")[2]
    return str(Path(environment["SONORA_DATA_DIR"]) / FILE)


def execute(url: str, statement: str) -> None:
    """Have the server at *url* carry out *statement* in its database `postgres`."""
    path = Path("/" + urlsplit(url).path.lstrip("/")).parent  # where a server that was started here has its socket
    socket: dict[str, Any] = {"host": str(path), "user": urlsplit(url).username, "dbname": "postgres"}
    whole, parts = (url, {}) if urlsplit(url).hostname else ("", socket)
    with psycopg.connect(whole, autocommit=True, **parts) as connection:
        connection.execute(statement)


@contextmanager
def _on_server(url: str) -> Iterator[str]:
    server, _, source = url.rpartition("/")
    copied = f"copy_{uuid.uuid4().hex}"
    execute(url, f"CREATE DATABASE {copied} TEMPLATE {source}")
    try:
        yield f"{server}/{copied}"
    finally:
        execute(url, f"DROP DATABASE {copied} WITH (FORCE)")
