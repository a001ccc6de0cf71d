"""A worker that is told to stop while its broker is gone stops all the same, and takes its children along."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.conftest import Valkey, until
from tests.runtime.demo import CHECKOUT, environment

pytestmark = pytest.mark.journey
NAME = "deserted@test"


def running() -> list[str]:
    return subprocess.run(["pgrep", "-f", NAME], capture_output=True, text=True, check=False).stdout.split()


def test_a_worker_without_its_broker_still_stops(tmp_path: Path, valkey: Valkey) -> None:
    surroundings = environment(tmp_path) | {"REDIS_URL": valkey.url}
    log = tmp_path / "worker.log"
    command = ["-m", "celery", "-A", "sonora.celery", "worker", "-Q", "sync", "-c", "1", "-n", NAME]
    with log.open("wb") as out:
        worker = subprocess.Popen([sys.executable, *command], cwd=CHECKOUT, env=surroundings, stdout=out, stderr=out)
    alive = [sys.executable, "-m", "sonora.alive", NAME]
    until(lambda: subprocess.run(alive, cwd=CHECKOUT, env=surroundings, check=False).returncode == 0, seconds=120)
    worker.terminate()
    valkey.stop()  # at once: it looks for the broker again, and has heard that it should stop before it began to look
    worker.wait(60)
    until(lambda: running() == [])
