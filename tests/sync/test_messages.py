"""Messages are hints: lost, late or delivered ten times, each choice of the scheduler is good for one slice."""

import multiprocessing
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations import controls, tasks
from integrations.models import Connection, SyncState
from integrations.sync import engine, failures, lease, scheduler
from integrations.sync.classes import SliceClass
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.broker import Broker, in_memory
from tests.sync.conftest import sync


@pytest.fixture
def broker(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    with in_memory(settings, monkeypatch) as one:
        yield one


def state(connection: Connection) -> SyncState:
    with scope(workspace=connection.workspace_id):
        return SyncState.objects.get(connection=connection)


def deliver(messages: list[tuple[str, int]]) -> None:
    for name, connection_id in messages:
        assert name == "run_slice"
        tasks.run_slice(connection_id)


def rest(connection: Connection, broker: Broker) -> None:
    """Sync it, so that nothing is left to do."""
    sync(connection)
    broker.take()
    assert (state(connection).next_due or 0) > clock.now()


def test_a_message_that_is_delivered_ten_times_gives_one_slice(connection: Connection, broker: Broker) -> None:
    tasks.tick()
    messages = broker.take()
    assert messages == [("run_slice", connection.pk)]
    deliver(messages)
    slices = state(connection).fence
    broker.take()
    with scope(workspace=connection.workspace_id):
        SyncState.objects.update(dispatched_at=None)  # what the slice sent for after itself is lost
    with CaptureQueriesContext(database) as asked:
        deliver(messages * 9)
    assert state(connection).fence == slices == 1
    assert len(asked) == 9 * 2
    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_a_copy_that_comes_while_the_slice_works_leaves_it_alone(connection: Connection, broker: Broker) -> None:
    tasks.tick()
    messages = broker.take()
    with scope(workspace=connection.workspace_id):
        held = lease.claim(connection.pk, only_if_sent_for=True)
    assert held is not None
    deliver(messages)
    assert state(connection).fence == held.state.fence
    assert broker.take() == []


def test_a_lost_message_is_sent_again_within_a_minute(connection: Connection, broker: Broker) -> None:
    start = clock.now()
    with clock.fixed(start):
        tasks.tick()
    assert broker.take()
    for now in range(start + 5, start + 120, 5):
        with clock.fixed(now):
            tasks.tick()
        if broker.take():
            assert now - start <= 60
            return
    raise AssertionError("it was never sent again")


def test_what_is_left_is_sent_for_as_soon_as_a_slice_ends(
    connection: Connection, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.sync.slice.REQUESTS", 3)
    tasks.tick()
    deliver(broker.take())
    assert broker.take() == [("run_slice", connection.pk)]


def test_pressing_sync_now_fifty_times_gives_one_more_slice(connection: Connection, broker: Broker) -> None:
    rest(connection, broker)
    before = state(connection).fence
    with scope(workspace=connection.workspace_id):
        for _ in range(50):
            controls.sync_now(connection, by="ada@a.example")
    deliver(broker.take())
    assert state(connection).fence == before + 1
    assert state(connection).now_requested_at is None


def test_sync_now_during_a_slice_gives_one_more_after_it(connection: Connection, broker: Broker) -> None:
    rest(connection, broker)
    with scope(workspace=connection.workspace_id):
        held = lease.claim(connection.pk)
        assert held is not None
        for _ in range(50):
            controls.sync_now(connection, by="ada@a.example")
        assert broker.take() == []
        failures.went_well(held, is_over=True)
    tasks.publish_due()
    deliver(broker.take())
    assert state(connection).fence == held.state.fence + 1
    assert broker.take() == []


def test_a_worker_that_is_told_to_stop_gives_back_and_sends_for_nobody(
    connection: Connection, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.tick()
    messages = broker.take()
    stopping = multiprocessing.Event()
    stopping.set()
    monkeypatch.setattr(tasks, "_shutting_down", stopping)
    deliver(messages)
    assert broker.take() == []
    left = state(connection)
    assert (left.lease_until, left.dispatched_at) == (None, None)
    assert (left.next_due or 0) <= clock.now()
    stopping.clear()
    tasks.tick()
    assert broker.take() == messages


def test_without_a_broker_nothing_counts_as_sent(connection: Connection, settings: Any) -> None:
    settings.REDIS_URL = ""
    tasks.tick()
    assert state(connection).dispatched_at is None
    assert scheduler.pick() == [connection.pk]


def test_an_ended_slice_says_what_the_next_one_will_be(
    connection: Connection, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as short:
        short.setattr("integrations.sync.slice.REQUESTS", 3)
        engine.run_slice(connection.pk)
        assert state(connection).slice_class == SliceClass.FIRST_SCREEN
    rest(connection, broker)
    assert state(connection).slice_class == SliceClass.INCREMENTAL
    with scope(workspace=connection.workspace_id):
        controls.sync_now(connection, by="ada@a.example")
    assert state(connection).slice_class == SliceClass.NOW
