"""What is read from the rows: up to when everything is held, and back to when."""

from collections.abc import Iterator

import pytest

from integrations import coverage, snapshot
from integrations.models import Beat, Connection, Pending, SyncState
from sonora.core import clock
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationFactory
from tests.factories.integrations import NOW, ConnectionFactory


@pytest.fixture
def connection(db: None) -> Iterator[Connection]:
    with scopes_disabled():
        made = ConnectionFactory()
    with scope(workspace=made.workspace), clock.fixed(NOW + 100):
        SyncState.objects.create(
            workspace=made.workspace,
            connection=made,
            initial_done_at=NOW,
            backfill_start=NOW - 1_000,
            open_done=True,
            closed_done=True,
            closed_edge=NOW - 90 * 86_400,
            watermark=NOW + 50,
        )
        yield made


def wait(connection: Connection, external_id: str, seen: int) -> None:
    Pending.objects.create(
        workspace=connection.workspace, connection=connection, external_id=external_id, seen_updated_at=seen
    )


def test_it_is_synced_through_the_watermark(connection: Connection) -> None:
    reading = snapshot.read(connection)
    assert (reading.synced_through, reading.lag) == (NOW + 50, 50)


def test_the_oldest_change_that_is_not_held_holds_it_back(connection: Connection) -> None:
    wait(connection, "new-1", NOW + 40)
    wait(connection, "new-2", NOW + 30)
    assert snapshot.read(connection).synced_through == NOW + 30


@pytest.mark.parametrize(
    ("updated_at", "fetched_at", "expected"),
    [
        (NOW + 30, NOW + 37, NOW + 50),  # the version that was seen is held, read well after its second
        (NOW + 30, NOW + 36, NOW + 30),  # read so soon that another change of that second may be missing
        (NOW + 29, NOW + 37, NOW + 30),  # an older version
    ],
)
def test_what_is_held_as_it_was_seen_does_not(
    connection: Connection, updated_at: int, fetched_at: int, expected: int
) -> None:
    ConversationFactory(connection=connection, external_id="c-1", updated_at=updated_at, fetched_at=fetched_at)
    wait(connection, "c-1", NOW + 30)
    assert snapshot.read(connection).synced_through == expected


def test_what_is_only_asked_for_again_does_not(connection: Connection) -> None:
    wait(connection, "c-1", 0)
    assert snapshot.read(connection).synced_through == NOW + 50


def test_nothing_is_promised_before_the_first_sync_is_done(connection: Connection) -> None:
    SyncState.objects.update(initial_done_at=None)
    reading = snapshot.read(connection)
    assert (reading.synced_through, reading.lag, reading.backfill_done) == (None, None, False)


def test_it_is_complete_back_to_the_edge_of_the_lookback(connection: Connection) -> None:
    reading = snapshot.read(connection)
    assert (reading.complete_back_to, reading.backfill_done) == (NOW - 90 * 86_400, True)


def test_while_it_reads_backwards_it_is_complete_to_what_was_read(connection: Connection) -> None:
    SyncState.objects.update(closed_done=False, closed_frontier=NOW - 5_000)
    assert snapshot.read(connection).complete_back_to == NOW - 5_000
    wait(connection, "old-1", NOW - 4_000)
    assert snapshot.read(connection).complete_back_to == NOW - 4_000


@pytest.mark.parametrize("columns", [{"closed_frontier": None}, {"closed_frontier": NOW, "backfill_start": None}])
def test_before_that_nobody_knows(connection: Connection, columns: dict[str, int | None]) -> None:
    SyncState.objects.update(closed_done=False, **columns)
    assert snapshot.read(connection).complete_back_to is None


def test_a_scheduler_that_is_silent_is_told(connection: Connection) -> None:
    Beat.objects.create(pk=1, ticked_at=NOW + 50)
    assert snapshot.read(connection).shown.standstill == ""
    Beat.objects.update(ticked_at=NOW - 500)
    assert snapshot.read(connection).shown.standstill.startswith("Sonora's scheduler hasn't run since ")


def test_a_standstill_has_its_time(connection: Connection) -> None:
    assert snapshot.read(connection).standstill_since is None
    SyncState.objects.update(next_due=NOW - 2_000, last_progress_at=NOW - 2_000)
    assert snapshot.read(connection).standstill_since == NOW - 2_000


@pytest.mark.parametrize(
    ("lag", "at", "expected"),
    [(301, NOW, (301, True)), (300, NOW, (300, False)), (900, NOW + 100 - 86_400, (0, False)), (900, None, (0, False))],
)
def test_a_search_that_was_late_within_a_day_is_said_to_be(
    connection: Connection, lag: int, at: int | None, expected: tuple[int, bool]
) -> None:
    SyncState.objects.update(search_lag=lag, search_lag_at=at)
    told = coverage.of(snapshot.read(connection))
    assert (told.search_lag, told.search_is_late) == expected
