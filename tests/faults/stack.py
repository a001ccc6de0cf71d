"""Sonora as in production: a database, a broker, Intercom, workers and beat, each a process of its own.

Workers reach database and broker through proxies, so that the road can be broken too.
"""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import psycopg
from kombu import Connection, Producer

from integrations.intercom.sandbox.control import Sandbox
from sonora import celery
from tests.faults.clocks import Clocks
from tests.faults.proxy import Proxy
from tests.runtime.demo import CHECKOUT, OWN
from tests.truth import Difference, compared, keyed
from tests.valkey import Valkey, until

WORKSPACE = "demo"
ADMIN, PASSWORD = "admin@example.com", "only-for-these-tests"
WORKER = ["-m", "celery", "-A", "sonora.celery", "worker", "-Q", "sync", "--without-gossip", "--without-mingle"]


class Child:
    """A process in a group of its own, with a log."""

    def __init__(self, name: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._begins = self.log.stat().st_size if self.log.exists() else 0  # what one of that name said before
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=CHECKOUT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        """What it has logged so far."""
        return self.log.read_bytes()[self._begins :].decode(errors="replace")

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Send *number* to the process and its children."""
        os.killpg(self.process.pid, number)

    def members(self) -> list[int]:
        """The process ids of its group."""
        listed = subprocess.run(["pgrep", "-g", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(one) for one in listed.stdout.split()]

    def answers(self) -> list[float]:
        """How long each slice that this worker took on lasted, in seconds, as its log says."""
        said = re.findall(r"run_slice\[[^]]+\] succeeded in ([0-9.e-]+)s", self.said)
        return [float(seconds) for seconds in said]

    def ended(self) -> int:
        """How many slices of this worker have ended, those among them that its time limit ended."""
        limited = re.findall(r"Hard time limit \(\d+s\) exceeded for integrations.tasks.run_slice", self.said)
        return len(self.answers()) + len(limited)

    def limit_memory(self, room: int) -> None:
        """Each process of it, and those that they start, get *room* bytes beside what they use, and no more."""
        for pid in self.members():
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
            most = pages * resource.getpagesize() + room
            resource.prlimit(pid, resource.RLIMIT_AS, (most, most))

    def end(self) -> None:
        if self.is_running:
            self.send(signal.SIGCONT)
            self.send(signal.SIGKILL)
        self.process.wait(10)


class Stack:
    """What runs, and what the tests want to know of it."""

    def __init__(self, folder: Path, *, database: Any, broker: Valkey, intercom: Sandbox, clocks: Clocks) -> None:
        self.folder, self.clocks = folder, clocks
        self.database, self.broker, self.intercom = database, broker, intercom
        self.to_database, self.to_broker = Proxy(str(database.socket)), Proxy(broker.path)
        self.children: dict[str, Child] = {}
        self._environment = {name: value for name, value in os.environ.items() if name not in OWN} | {
            "SONORA_DATA_DIR": str(folder),
            "DATABASE_URL": f"postgres://sonora@127.0.0.1:{self.to_database.port}/postgres",
            "REDIS_URL": f"redis://127.0.0.1:{self.to_broker.port}/0",
            "SECRET_KEY": "only-for-these-tests-" + "x" * 50,
            "FIELD_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "INTERCOM_EXTRA_BASE_URLS": f"us={intercom.url}",
            "SONORA_HTTPS": "0",
            "DJANGO_SETTINGS_MODULE": "sonora.settings",
            **clocks.environment,
        }

    # ---- processes ----
    def manage(self, *arguments: str, **environment: str) -> str:
        """What `manage.py` prints; fails when it fails."""
        return self.python("manage.py", *arguments, **environment)

    def python(self, *arguments: str, seconds: float = 120, **environment: str) -> str:
        """What a Python process prints that has *seconds*; fails when it fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=CHECKOUT,
            env=self._environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, *arguments: str, **environment: str) -> Child:
        self.children[name] = Child(name, arguments, self._environment | environment, self.folder)
        return self.children[name]

    def worker(self, name: str, **environment: str) -> Child:
        """A worker of one process; ready when it has said so."""
        child = self.start(name, *WORKER, "-c", "1", "-n", f"{name}@faults", "-l", "INFO", **environment)
        until(lambda: self.is_ready(child), seconds=120)
        return child

    def is_ready(self, child: Child) -> bool:
        assert child.is_running, child.said[-3000:]
        return f"{child.name}@faults ready" in child.said

    def is_answered_by(self, child: Child, *, seconds: float) -> bool:
        """Whether *child* takes a message of its own within *seconds*."""
        note = self.folder / f"{child.name}-{time.monotonic_ns()}"
        self.send("sonora.alive.answer", "here", str(note), queue=f"{child.name}@faults.dq2")
        until(note.exists, seconds=seconds)
        return child.is_running

    def stop(self) -> None:
        for child in self.children.values():
            child.end()
        for road in (self.to_database, self.to_broker):
            road.close()

    # ---- what there is to do ----
    def prepare(self) -> None:
        """A workspace that is connected to the sandbox; nothing is read yet."""
        self.manage("migrate", "-v", "0")
        self.manage("create_workspace", WORKSPACE, "--name", "Demo", "--admin", ADMIN, SONORA_ADMIN_PASSWORD=PASSWORD)
        connect = ["intercom", "connect", "--workspace", WORKSPACE, "--base-url", self.intercom.url]
        self.manage(*connect, "--lookback-days", "all", INTERCOM_TOKEN=self.intercom.token)

    def ask_for_a_run(self) -> None:
        self.manage("intercom", "sync", "--workspace", WORKSPACE, "--now")

    def make_due(self) -> None:
        """A run is due by the row alone: nobody sends a message for it."""
        self.value("UPDATE integrations_syncstate SET now_requested_at = 1, next_due = 1 RETURNING 1")

    def send(self, task: str, *arguments: object, times: int = 1, queue: str = "sync") -> None:
        """Put *times* messages for *task* on *queue*."""
        with Connection(celery.broker_url(self.broker.url)) as connection:
            producer = Producer(connection)
            for _ in range(times):
                celery.app.send_task(task, arguments, producer=producer, queue=queue, retry=False)

    # ---- what the rows say ----
    def value(self, query: str) -> Any:
        """The one value of *query*, asked past the proxy."""
        with psycopg.connect(
            host=str(self.database.socket.parent), user="sonora", dbname="postgres", autocommit=True
        ) as connection:
            row = connection.execute(query).fetchone()
            return row[0] if row else None

    @property
    def fence(self) -> int:
        return int(self.value("SELECT fence FROM integrations_syncstate"))

    @property
    def pending(self) -> int:
        return int(self.value("SELECT count(*) FROM integrations_pending"))

    @property
    def lease_owner(self) -> str:
        """`host:pid` of the process that works, "" when none does."""
        return str(self.value("SELECT lease_owner FROM integrations_syncstate"))

    @property
    def is_synced(self) -> bool:
        """Whether nothing that was asked for is left to do."""
        return bool(
            self.value(
                "SELECT initial_done_at IS NOT NULL AND run_id IS NULL AND now_requested_at IS NULL AND lease_until IS "
                "NULL AND NOT EXISTS (SELECT 1 FROM integrations_pending) FROM integrations_syncstate"
            )
        )

    def is_half_way(self, changed: int) -> bool:
        """Whether some of the *changed* conversations are read again, and some are not."""
        tried = self.value("SELECT count(*) FROM integrations_pending WHERE attempts > 0")
        return tried > 0 and 20 < self.pending < changed - 20

    def written(self) -> str:
        """A text that changes when a conversation or a message is written."""
        rows = "SELECT external_id || updated_at || fetched_at AS one FROM conversations_conversation"
        messages = self.value("SELECT count(*) FROM conversations_message")
        return f"{messages} {self.value(f'SELECT md5(string_agg(one, chr(32) ORDER BY one)) FROM ({rows}) AS rows')}"

    def holder(self) -> Child:
        """The worker whose process holds the lease."""
        pid = int(self.lease_owner.rpartition(":")[2])
        return next(child for child in self.children.values() if pid in child.members())

    def difference(self) -> Difference:
        """What is stored beside what the sandbox has."""
        exported = self.manage("intercom", "export", "--workspace", WORKSPACE)
        return compared(keyed(json.loads(line) for line in exported.splitlines()), self.intercom.objects())
