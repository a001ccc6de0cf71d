"""One stack for all of these tests; each finds it at rest, with two workers and beat."""

import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from tests.faults import figures
from tests.faults.clocks import PRODUCTION, SHORT, Clocks
from tests.faults.stack import Stack
from tests.runtime.demo import CHECKOUT
from tests.valkey import Valkey, until

SIZE = 240  # conversations
GoesOn = Callable[..., AbstractContextManager[None]]
WORKERS = ("one", "two")
UNHURRIED = 150  # milliseconds that the sandbox takes for an answer, so that a slice can be met half-way


@pytest.fixture(scope="session")
def clocks(request: pytest.FixtureRequest) -> Clocks:
    return PRODUCTION if request.config.getoption("--long") else SHORT


@pytest.fixture(scope="session")
def running(clocks: Clocks) -> Iterator[Stack]:
    """The stack, after its first sync."""
    with (
        tempfile.TemporaryDirectory(prefix="faults-", dir="/tmp") as folder,
        _postgres().cluster("synchronous_commit=on") as database,
        _valkey(Path(folder)) as broker,
        Sandbox(conversations=SIZE, seed=7) as intercom,
    ):
        stack = Stack(Path(folder), database=database, broker=broker, intercom=intercom, clocks=clocks)
        try:
            stack.prepare()
            _man(stack)
            until(lambda: stack.is_synced, seconds=180)
            yield stack
        finally:
            stack.stop()


@pytest.fixture
def stack(running: Stack) -> Iterator[Stack]:
    """The stack at rest, everything read, every road open."""
    _man(running)
    until(lambda: running.is_synced, seconds=running.clocks.lease + 120)
    yield running
    running.intercom.clear()
    for road in (running.to_database, running.to_broker):
        road.let_pass()


@pytest.fixture
def busy(stack: Stack) -> Stack:
    """The stack with a slice half-way through: all conversations have changed, and some of them are read again."""
    stack.intercom.mutate("touch", count=SIZE)
    stack.intercom.settings(latency_ms=UNHURRIED)
    stack.ask_for_a_run()
    until(lambda: stack.is_half_way(SIZE), seconds=60)
    return stack


def _man(stack: Stack) -> None:
    """Start what a test before this one has ended."""
    for name in WORKERS:
        if name not in stack.children or not stack.children[name].is_running:
            stack.worker(name)
    if "beat" not in stack.children or not stack.children["beat"].is_running:
        schedule = str(stack.folder / "beat-schedule")
        stack.start("beat", "-m", "celery", "-A", "sonora.celery", "beat", "--schedule", schedule, "--pidfile", "")


@contextmanager
def _valkey(folder: Path) -> Iterator[Valkey]:
    server = Valkey(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _postgres() -> Any:
    """The gates' own module, which lies in no package."""
    place = str(CHECKOUT / "bin/gates")
    sys.path.insert(0, place)
    try:
        return importlib.import_module("postgres")
    finally:
        sys.path.remove(place)


@pytest.fixture
def goes_on(stack: Stack, request: pytest.FixtureRequest) -> GoesOn:
    """A block with a fault in it: after it somebody must take the work up by himself in time, and end it."""

    @contextmanager
    def around(fault: str, *, within: float) -> Iterator[None]:
        yield
        fence, began = stack.fence, time.monotonic()
        until(lambda: stack.fence > fence, seconds=within)
        if request.config.getoption("--long"):
            figures.note(fault, time.monotonic() - began, limit=within)
        until(lambda: stack.is_synced, seconds=180)

    return around
