"""Options and guards that every test shares."""

import ipaddress
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as properties

from integrations.sync.budget import opening

# What is true of all values is no less true on a busy machine.
properties.register_profile(
    "any speed", properties.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
properties.load_profile("any speed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes or starts servers and browsers, unless it was asked for."""
    _keep_files_together(items)
    chosen = config.getoption("markexpr")
    unwanted = {name for name in ("journey", "browser", "simulation") if name not in chosen}
    if not config.getoption("--long"):
        unwanted.add("long")
    if any("::" in argument for argument in config.args):
        return  # somebody named this test
    kept = [item for item in items if not unwanted & {mark.name for mark in item.iter_markers()}]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _keep_files_together(items: list[pytest.Item]) -> None:
    """Of two processes each takes whole files of browser tests: those of one file share a house, in order."""
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(autouse=True, scope="session")
def flush_append_only_tables() -> Iterator[None]:
    """Django empties SQLite's tables with DELETE after a test with transactions of its own, which the triggers that
    guard the audit trail rightly refuse: they step aside for that moment. (PostgreSQL truncates.)
    """
    flush = DatabaseOperations.execute_sql_flush

    def around_triggers(self: DatabaseOperations, sql_list: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only%'")
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f'DROP TRIGGER "{name}"')
            flush(self, sql_list)
            for _, sql in guards:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", around_triggers)
        yield


@pytest.fixture(autouse=True)
def new_process(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What the process remembers of rate limits does not outlive a test; call it to forget it within one."""

    def forget() -> None:
        monkeypatch.setattr(opening, "PROCESS", opening.Process())

    forget()
    return forget


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches out of this machine: a socket that would is refused."""
    monkeypatch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise OutsideReached(f"A test wanted to reach {address[0]}; tests talk to 127.0.0.1 only.")
        return connect(self, address)

    return guarded


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class OutsideReached(AssertionError):
    """A test tried to open a connection to another machine."""
