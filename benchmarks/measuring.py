"""One measurement: a client in a process of its own against a sandbox, with what each side of it has used."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import processes
import workers
from databases import Database
from stopwatch import Noted

from integrations.intercom.sandbox.control import Sandbox

WINDOW = 10  # seconds: the rate limit's


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run. `seconds` are of the work alone, `whole` from the start of the process; CPU is user + system."""

    how: str
    latency: int  # milliseconds
    conversations: int
    seconds: float
    whole: float | None
    requests: int
    refused: int  # answers with status 429
    in_flight: int
    limit_used: float | None  # share of the limit, over the windows that were full of work
    cpu: float
    cpu_wire: float | None
    cpu_database: float | None
    cpu_sandbox: float
    peak_mb: float
    first_row: float | None
    first_screen: float | None


def counted(intercom: Sandbox) -> Counter[str]:
    """What *intercom* holds, by kind. Reading all of it also has it write its conversations, as it does when asked."""
    return Counter(one["type"] for one in intercom.objects())


class Incomplete(Exception):
    """What was stored is not what the sandbox holds: such a run has no time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A sandbox with its truth (kind → number), and where profiles go ("": none are made)."""

    intercom: Sandbox
    truth: Mapping[str, int]
    profiles: str = ""
    share: float = 1.0

    def sequential(self, latency: int) -> Measured:
        """The plain client."""
        return self._measured("sequential", latency, ["sequential.py", "RESULT", self.intercom.url], {}, None)

    def synced(self, latency: int, database: Database) -> Measured:
        """`intercom sync --now --wait` into an empty *database*."""
        profiles = str(Path(self.profiles) / database.title.lower()) if self.profiles else ""
        if profiles:
            Path(profiles).mkdir(parents=True, exist_ok=True)
        command = ["inside.py", "RESULT", profiles, "intercom", "sync", "--workspace", processes.WORKSPACE]
        with database.fresh() as extra:
            self.connect(extra)
            return self._measured(
                database.title, latency, [*command, "--now", "--wait"], self.environment(extra), database
            )

    def through_worker(
        self,
        latency: int,
        database: Database,
        *,
        before: "Callable[[workers.Worker], None]" = lambda _: None,
        during: "Callable[[workers.Worker], AbstractContextManager[None]]" = nullcontext,
    ) -> Measured:
        """The same by a Celery worker: from the request for a run until the run is over.

        *before* is called with the worker once the workspace is connected; what is measured lies in *during*.
        """
        with database.fresh() as extra, workers.running(self.environment(extra)) as worker:
            self.connect(extra)  # without a broker, so that the worker hears nothing yet
            before(worker)
            title, command = f"{database.title}, by a worker", ["inside.py", "RESULT", "", "--worker"]
            with during(worker):
                return self._measured(title, latency, command, worker.environment, database, worker=worker)

    def connect(self, extra: Mapping[str, str]) -> None:
        """Connect the workspace of the database that *extra* names to the sandbox."""
        self.intercom.settings(latency_ms=0)
        command = ["intercom", "connect", "--workspace", processes.WORKSPACE, "--base-url", self.intercom.url]
        processes.python("manage.py", *command, "--lookback-days", "all", extra=self.environment(extra))

    def environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        """*extra* and what else a process needs to sync from the sandbox."""
        return {
            **extra,
            "INTERCOM_TOKEN": self.intercom.token,
            "INTERCOM_EXTRA_BASE_URLS": self.intercom.url,
            "INTERCOM_BUDGET_SHARE": str(self.share),
        }

    def _measured(
        self,
        how: str,
        latency: int,
        command: list[str],
        extra: Mapping[str, str],
        database: Database | None,
        *,
        worker: "workers.Worker | None" = None,
    ) -> Measured:
        self.intercom.settings(latency_ms=latency)
        self.intercom.reset_log()
        before, own_before = self._cpu(database), worker.cpu() if worker else 0.0
        started = time.monotonic()
        noted = _run(command, {"INTERCOM_TOKEN": self.intercom.token, **extra})
        after = self._cpu(database)
        self._check(how, noted)
        log = self.intercom.log()
        return Measured(
            how=how,
            latency=latency,
            conversations=self.truth["conversation"],
            seconds=noted.seconds,
            whole=None if worker else noted.ended - started,
            requests=log["total"],
            refused=sum(one["status"] == 429 for one in log["requests"]),
            in_flight=log["max_in_flight"],
            limit_used=_limit_used(log["requests"], self.intercom.settings()["rate_limit"]),
            cpu=worker.cpu() - own_before if worker else noted.cpu,
            cpu_wire=noted.cpu_wire or None,
            cpu_database=None if before[1] is None or after[1] is None else after[1] - before[1],
            cpu_sandbox=after[0] - before[0],
            peak_mb=worker.peak_mb() if worker else noted.peak_mb,
            first_row=noted.first_row,
            first_screen=noted.first_screen,
        )

    def _cpu(self, database: Database | None) -> tuple[float, float | None]:
        return processes.cpu_seconds(self.intercom.pid), database.cpu() if database else None

    def _check(self, how: str, noted: Noted) -> None:
        held = {kind: self.truth[kind] for kind in noted.stored}
        if noted.stored != held:
            raise Incomplete(f"{how}: {noted.stored} where the sandbox holds {held}.")


def _run(command: list[str], extra: Mapping[str, str]) -> Noted:
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        script, *arguments = [str(result) if part == "RESULT" else part for part in command]
        processes.python(f"benchmarks/{script}", *arguments, extra=extra)
        return Noted.read(result)


def _limit_used(requests: list[dict[str, Any]], limit: int) -> float | None:
    """The mean over the windows of the limit between the first and the last one; None when there is none."""
    windows = Counter(int(one["at"]) // WINDOW for one in requests)
    full = range(min(windows) + 1, max(windows))
    return sum(windows[one] for one in full) / (len(full) * limit) if full else None
