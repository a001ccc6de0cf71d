"""A worker whose broker goes away goes on by itself when it is back; nobody restarts anything."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.conftest import Valkey, until
from tests.runtime.demo import CHECKOUT, environment
from tests.runtime.proxy import Proxy

pytestmark = [pytest.mark.journey, pytest.mark.long]
WORKER = "outage@test"
SILENCE = 40  # seconds; longer than socket_timeout, so that the worker notices


class Worker:
    """A real worker whose broker is at *url*."""

    def __init__(self, folder: Path, url: str) -> None:
        self._environment = environment(folder) | {"REDIS_URL": url}
        command = ["-m", "celery", "-A", "sonora.celery", "worker", "-Q", "sync", "-c", "1", "-n", WORKER]
        with (folder / "worker.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command], cwd=CHECKOUT, env=self._environment, stdout=log, stderr=log
            )

    def works(self) -> bool:
        command = [sys.executable, "-m", "sonora.alive", WORKER]
        return subprocess.run(command, cwd=CHECKOUT, env=self._environment, check=False).returncode == 0


@pytest.fixture
def worker(tmp_path: Path, valkey: Valkey) -> Iterator[Worker]:
    yield from _started(Worker(tmp_path, valkey.url))


@pytest.fixture
def proxy(valkey: Valkey) -> Iterator[Proxy]:
    road = Proxy(valkey.path)
    yield road
    road.close()


@pytest.fixture
def far_worker(tmp_path: Path, proxy: Proxy) -> Iterator[Worker]:
    yield from _started(Worker(tmp_path, proxy.url))


def _started(worker: Worker) -> Iterator[Worker]:
    until(worker.works, seconds=30)
    yield worker
    worker.process.terminate()
    worker.process.wait(30)


def test_a_broker_that_was_killed_and_is_back_is_used_again_within_a_minute(worker: Worker, valkey: Valkey) -> None:
    valkey.stop()
    time.sleep(5)
    valkey.start()
    _works_again(worker, seconds=60)


def test_a_broker_that_fell_silent_and_answers_again_is_used_within_two_minutes(worker: Worker, valkey: Valkey) -> None:
    valkey.process.send_signal(signal.SIGSTOP)
    time.sleep(SILENCE)
    valkey.process.send_signal(signal.SIGCONT)
    _works_again(worker, seconds=120)


def test_connections_that_a_firewall_forgot_are_given_up_within_two_minutes(far_worker: Worker, proxy: Proxy) -> None:
    proxy.swallow()
    _works_again(far_worker, seconds=120)


def test_a_broker_that_lost_everything_is_used_again(worker: Worker, valkey: Valkey) -> None:
    valkey.flush()
    _works_again(worker, seconds=60)


def _works_again(worker: Worker, *, seconds: float) -> None:
    until(worker.works, seconds=seconds)
    assert worker.process.poll() is None
