"""The database refuses a transaction: it is made again or left for later, and Intercom is not asked twice for it."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import connection as database
from django.db import transaction

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Pending, SyncState
from sonora.conversations.models import Conversation
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.sync.conftest import difference, sync


def test_the_victim_of_a_deadlock_is_written_again_and_nothing_is_asked_twice(
    connection: Connection, intercom: Sandbox
) -> None:
    if database.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, so that there is no deadlock.")
    sync(connection)
    intercom.mutate("touch", count=20)
    intercom.reset_log()
    held = threading.Event()
    crossing = threading.Thread(target=_take_the_rows_the_other_way_round, args=[held])
    crossing.start()
    assert held.wait(30)
    sync(connection)
    crossing.join()
    assert _deadlocks() == 1
    assert intercom.counts()["GET /conversations/*"] == 20
    assert not difference(connection, intercom)


def test_a_database_that_refuses_moves_nothing_and_is_tried_less_and_less_often(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    before = _state(connection)
    for _ in range(20):
        intercom.mutate("add_conversation", text="It does not fit. " * 400)
    waits = []
    for _ in range(5):
        with _refusing():
            waits.append(sync(connection).wait)
    assert waits == [5, 15, 60, 120, 900]
    after = _state(connection)
    assert (after.lease_until, after.lease_owner) == (None, "")
    with scope(workspace=connection.workspace_id):
        assert Connection.objects.get().last_error.startswith("Sonora's database did not answer")
        assert not Pending.objects.exclude(attempts=0).exists()
    sync(connection)
    assert (_state(connection).watermark or 0) >= (before.watermark or 0)  # it has whole seconds
    assert not difference(connection, intercom)


def _state(connection: Connection) -> SyncState:
    with scope(workspace=connection.workspace_id):
        return SyncState.objects.get(connection=connection)


def _take_the_rows_the_other_way_round(held: threading.Event) -> None:
    """Hold a conversation that the sync is about to write, then want the row that it writes first."""
    with closing(database), scopes_disabled(), transaction.atomic():
        list(Conversation.objects.select_for_update())
        held.set()
        while not _somebody_waits():
            time.sleep(0.02)
        SyncState.objects.update(vtime=0)


def _somebody_waits() -> bool:
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def _deadlocks() -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


@contextmanager
def _refusing() -> Iterator[None]:
    """No conversation can be written: PostgreSQL says that the statement took too long, and SQLite's disk is full."""
    if database.vendor == "sqlite":
        with database.cursor() as cursor:
            cursor.execute("VACUUM")  # pages that other tests freed would make room
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        yield
        database.close()  # the limit goes with the connection
        return
    with database.cursor() as cursor:
        cursor.execute(TOO_SLOW)
    yield
    with database.cursor() as cursor:
        cursor.execute("DROP TRIGGER too_slow ON conversations_conversation")


TOO_SLOW = """
CREATE OR REPLACE FUNCTION be_too_slow() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE 'canceling statement due to statement timeout' USING ERRCODE = 'query_canceled'; END $$;
CREATE TRIGGER too_slow BEFORE INSERT OR UPDATE ON conversations_conversation
FOR EACH ROW EXECUTE FUNCTION be_too_slow();
"""
