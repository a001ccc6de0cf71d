"""A whole Sonora for the browser: a database file, gunicorn in a process of its own, and facts about its rows."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

CHECKOUT = Path(__file__).resolve().parents[2]
WEB = "tests.browser.web:application"
PATIENCE = 30  # seconds until the web server must answer


@dataclass(slots=True)
class House:
    """Sonora over *folder*, which may talk to the sandboxes at *addresses*; `facts` are what `stage` tells."""

    folder: Path
    addresses: list[str]
    url: str = ""
    token: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    _web: "subprocess.Popen[bytes] | None" = None

    def prepare(self, told: dict[str, str]) -> Self:
        """Fill the database; raises with the last words of `stage` when that fails."""
        self.token = told["token"]
        command = [sys.executable, "-m", "tests.browser.stage"]
        done = subprocess.run(
            command,
            input=json.dumps(told),
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        self.facts = json.loads(done.stdout.splitlines()[-1])
        return self

    def open(self) -> Self:
        port = _free_port()
        self.url = f"http://127.0.0.1:{port}"
        threads = ["--worker-class", "gthread", "--threads", "8", "--no-control-socket"]
        with (self.folder / "web.log").open("wb") as log:
            self._web = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "gunicorn",
                    "tests.browser.web:application",
                    "--bind",
                    f"127.0.0.1:{port}",
                    *threads,
                ],
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self._await()
        return self

    def said(self) -> str:
        """What the web server wrote since it began."""
        return (self.folder / "web.log").read_text(errors="replace")

    @contextmanager
    def without(self, table: str) -> Iterator[None]:
        """What asks for *table* fails meanwhile."""
        with closing(sqlite3.connect(self.folder / "sonora.sqlite3", isolation_level=None)) as database:
            database.execute("PRAGMA legacy_alter_table = ON")  # nothing that refers to it is changed with it
            database.execute(f'ALTER TABLE "{table}" RENAME TO "{table}_away"')
            try:
                yield
            finally:
                database.execute(f'ALTER TABLE "{table}_away" RENAME TO "{table}"')

    @contextmanager
    def unsynced(self, seconds: int) -> Iterator[None]:
        """The last sync of every workspace is *seconds* longer ago meanwhile."""
        change = "UPDATE integrations_syncstate SET last_run_finished_at = last_run_finished_at + ?"
        with closing(sqlite3.connect(self.folder / "sonora.sqlite3", isolation_level=None)) as database:
            database.execute(change, [-seconds])
            try:
                yield
            finally:
                database.execute(change, [seconds])

    @contextmanager
    def without_tags(self) -> Iterator[None]:
        """No token may read tags meanwhile."""
        change = "UPDATE integrations_permissioncheck SET verdict = ? WHERE permission = 'tags'"
        with closing(sqlite3.connect(self.folder / "sonora.sqlite3", isolation_level=None)) as database:
            database.execute(change, ["missing"])
            try:
                yield
            finally:
                database.execute(change, ["allowed"])

    def close(self) -> None:
        if self._web:
            self._web.terminate()
            self._web.wait(20)

    def manage(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start `manage.py` with *arguments* beside the web server."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sonora.settings",
            "SONORA_DATA_DIR": str(self.folder),
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "STATIC_ROOT": "",
            "SECRET_KEY": "",
            "FIELD_ENCRYPTION_KEYS": "",
            "DEBUG": "0",
            "SONORA_HTTPS": "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "INTERCOM_EXTRA_BASE_URLS": ",".join(f"us={address}" for address in self.addresses),
        }

    def _await(self) -> None:
        ends = time.monotonic() + PATIENCE
        opener = build_opener(ProxyHandler({}))
        while True:
            try:
                with opener.open(f"{self.url}/healthz", timeout=2):
                    return
            except (URLError, OSError):
                assert time.monotonic() < ends, self.said()[-4000:]
                time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
