"""Disconnected and connected again at once: what the end of the first connection still does leaves the second alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from integrations import connections, purge, tasks
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from integrations.providers import Access, provider_named
from integrations.refusals import NotNow
from integrations.sync import engine, lease
from sonora.core.secret import SecretStr
from sonora.workspaces.models import AuditEntry, Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, held, sync

BY = "ada@a.example"
COMMIT = 8  # of the slice: some conversations are stored by then


def connect(workspace: Workspace, intercom: Sandbox) -> Connection:
    access = Access(token=SecretStr(intercom.token), base_url=intercom.url)
    with scope(workspace=workspace):
        return connections.connect(
            workspace,
            provider_named("intercom"),
            access,
            lookback_days=None,
            interval=900,
            show_internal_notes=True,
            by=BY,
        )


@pytest.fixture
def connection(workspace: Workspace, intercom: Sandbox, settings: Any) -> Connection:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]
    return connect(workspace, intercom)


def disconnect(connection: Connection, *, delete: bool) -> None:
    with scope(workspace=connection.workspace_id):
        connections.disconnect(connection, by=BY, delete=delete)


def test_while_its_data_is_being_removed_nothing_is_connected_again(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    disconnect(connection, delete=True)
    assert purge.step(connection.pk)
    with pytest.raises(NotNow):
        connect(connection.workspace, intercom)


def test_messages_for_the_deletion_of_the_first_touch_nothing_of_the_second(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    disconnect(connection, delete=True)
    purge.run_all(connection.pk)
    second = connect(connection.workspace, intercom)
    sync(second)
    before = held(second)
    for _ in range(3):
        tasks.remove(connection.pk)
    assert held(second) == before
    assert not difference(second, intercom)


def test_who_removed_the_first_and_slept_meanwhile_touches_nothing_of_the_second(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(connection)
    disconnect(connection, delete=True)
    real, second = purge._remove_batch, []

    def after_a_long_sleep(model: type[Any], first: Connection) -> bool:
        monkeypatch.setattr(purge, "_remove_batch", real)
        purge.run_all(first.pk)  # another worker, while this one sleeps
        second.append(connect(first.workspace, intercom))
        sync(second[0])
        return real(model, first)

    monkeypatch.setattr(purge, "_remove_batch", after_a_long_sleep)
    purge.run_all(connection.pk)
    assert not difference(second[0], intercom)
    with scope(workspace=connection.workspace_id):
        assert Connection.objects.get() == second[0]
        assert AuditEntry.objects.filter(action="integration.deleted").count() == 1


def test_a_slice_of_the_first_writes_nothing_once_it_is_connected_again(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, count = lease.Lease.transaction, iter(range(1, 100_000))

    @contextmanager
    def transaction(self: lease.Lease) -> Iterator[None]:
        if next(count) == COMMIT:
            disconnect(connection, delete=False)
            connect(connection.workspace, intercom)
            before.append(held(connection))
        with real(self):
            yield

    before: list[Any] = []
    monkeypatch.setattr(lease.Lease, "transaction", transaction)
    assert sync(connection).ended is engine.Ended.LOST
    assert held(connection) == before[0]
    assert sync(connection).ended is engine.Ended.IDLE
    assert not difference(connection, intercom)
