"""`bin/demo`, for real."""

import http.client
import json
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.runtime.conftest import until
from tests.runtime.demo import Demo, manage

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the whole module: what a second start finds is the point of half of the tests."""
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def started(data: Path, port: int) -> Iterator[Demo]:
    demo = Demo(data, "--port", str(port), "--conversations", "60")
    yield demo
    demo.stop()


def test_once_ends_when_everything_is_there_and_leaves_nothing_running(data: Path, port: int) -> None:
    demo = Demo(data, "--once", "--port", str(port), "--conversations", "60")
    demo.facts()
    assert demo.ended() == 0, demo.said
    assert demo.orphans() == []
    assert data.stat().st_mode & 0o777 == 0o700
    exported = manage(data, "intercom", "export", "--workspace", "demo")
    kinds = [json.loads(line)["type"] for line in exported.stdout.splitlines()]
    assert kinds.count("conversation") == 60, exported.stderr


def test_it_prints_where_it_is_and_serves_there_until_it_is_stopped(started: Demo) -> None:
    facts = started.facts()
    assert facts["E-mail"] == "admin@example.com"
    assert _status(facts["Address"], "/readyz") == 200
    assert _status(facts["Base URL"], "/me", Authorization=f"Bearer {facts['Token']}") == 200
    started.stop(signal.SIGTERM)
    assert started.process.returncode == 0
    assert started.orphans() == []
    assert not (started.data / "valkey.url").exists()


def test_a_second_start_offers_the_same_sandbox(data: Path, port: int) -> None:
    first, second = (_facts_of_a_start(data, port) for _ in range(2))
    assert first == second


def test_manage_py_alone_reaches_the_sandbox_of_a_running_demo(started: Demo) -> None:
    started.facts()
    ended = manage(started.data, "intercom", "sync", "--workspace", "demo", "--now", "--wait", "--timeout", "60")
    assert ended.returncode == 0, ended.stderr


def test_a_killed_launcher_leaves_no_orphan_and_the_next_start_works(started: Demo, data: Path, port: int) -> None:
    started.facts()
    os.kill(started.process.pid, signal.SIGKILL)
    started.process.wait()
    until(lambda: started.orphans() == [], seconds=60)
    assert _facts_of_a_start(data, port)["E-mail"] == "admin@example.com"


def test_a_sandbox_port_that_is_taken_by_now_is_replaced_in_the_connection(data: Path, port: int) -> None:
    before = urlsplit(_facts_of_a_start(data, port)["Base URL"])
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", before.port or 0))
        taken.listen()
        demo = Demo(data, "--once", "--port", str(port))
        facts = demo.facts()
        assert urlsplit(facts["Base URL"]).port != before.port
        assert demo.ended() == 0, demo.said
    shown = manage(data, "intercom", "status", "--workspace", "demo", "--json")
    assert facts["Base URL"] in shown.stdout


def test_a_taken_port_is_refused_in_a_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = Demo(data, "--port", str(port))
        assert demo.ended() == 2
    assert f"Port {port} is taken by another program." in demo.said


def test_two_demos_on_one_folder_are_refused(started: Demo, data: Path, port: int) -> None:
    started.facts()
    other = Demo(data, "--port", str(port + 1))
    assert other.ended(seconds=60) == 2
    assert "Another demo" in other.said


def test_without_connecting_the_card_stays_empty(tmp_path: Path, port: int) -> None:
    demo = Demo(tmp_path / "data", "--no-connect", "--port", str(port), "--conversations", "20")
    facts = demo.facts()
    shown = manage(demo.data, "intercom", "status", "--workspace", "demo", "--json")
    demo.stop()
    assert _is_unconnected(shown.returncode, shown.stdout)
    assert facts["Token"]


def test_another_size_replaces_what_was_synced(data: Path, port: int) -> None:
    demo = Demo(data, "--once", "--port", str(port), "--conversations", "30")
    demo.facts()
    assert demo.ended() == 0, demo.said
    exported = manage(data, "intercom", "export", "--workspace", "demo")
    kinds = [json.loads(line)["type"] for line in exported.stdout.splitlines()]
    assert kinds.count("conversation") == 30


def _facts_of_a_start(data: Path, port: int) -> dict[str, str]:
    demo = Demo(data, "--port", str(port))
    try:
        return demo.facts()
    finally:
        demo.stop()


def _is_unconnected(code: int, shown: str) -> bool:
    return code != 0 or json.loads(shown).get("state") in {None, "not_connected"}


def _status(address: str, path: str, **headers: str) -> int:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request("GET", path, headers={"Accept": "application/json", **headers})
        return connection.getresponse().status
