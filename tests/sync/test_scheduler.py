"""Who is next: the rows decide, nobody is given out twice, and the small do not wait for the large."""

import pytest

from integrations.models import Connection, SyncState
from integrations.sync import scheduler
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.integrations import NOW, ConnectionFactory

pytestmark = pytest.mark.django_db


def due(**columns: object) -> int:
    """A connection whose slice is due, in a workspace of its own."""
    with scopes_disabled():
        connection = ConnectionFactory(**columns.pop("connection", {}))  # type: ignore[arg-type]
        facts = {"next_due": NOW, **columns}
        SyncState.objects.create(workspace=connection.workspace, connection=connection, **facts)
    return connection.pk


def pick(at: int = NOW, **options: int) -> list[int]:
    with clock.fixed(at):
        return scheduler.pick(**options)


def test_what_is_due_is_given_out_once() -> None:
    first = due()
    assert pick() == [first]
    assert pick() == []


def test_a_message_that_nobody_took_is_sent_again_after_a_minute() -> None:
    first = due()
    pick()
    assert pick(NOW + 60) == []
    assert pick(NOW + 61) == [first]


def test_what_is_not_due_leased_paused_or_stopped_stays() -> None:
    due(next_due=NOW + 1)
    due(next_due=None)
    due(lease_until=NOW + 30)
    due(connection={"run": Connection.Run.PAUSED_BY_PERSON})
    due(connection={"run": Connection.Run.PAUSED_AFTER_FAILURES})
    due(connection={"setup": Connection.Setup.TOKEN_INVALID})
    due(connection={"setup": Connection.Setup.DELETING})
    assert pick() == []


def test_a_lease_that_ran_out_is_no_lease() -> None:
    first = due(lease_until=NOW - 1, dispatched_at=NOW - 61)
    assert pick() == [first]


def test_who_had_least_is_first() -> None:
    large, small = due(vtime=5_000.0), due(vtime=10.0)
    assert pick() == [small, large]


def test_only_as_many_as_there_are_places() -> None:
    for _ in range(scheduler.PLACES + 3):
        due()
    assert len(pick()) == scheduler.PLACES
    assert pick() == []


def test_one_can_be_asked_for_alone() -> None:
    due()
    second = due()
    assert pick(only=second) == [second]


def test_a_slice_is_charged_by_its_weight_and_newcomers_start_level() -> None:
    busy, newcomer = due(vtime=1_000.0), due(vtime=0.0)
    with clock.fixed(NOW):
        scheduler.charge(newcomer, requests=80, weight=8)
        scheduler.charge(busy, requests=80, weight=4)
    with scopes_disabled():
        times = dict(SyncState.objects.values_list("connection_id", "vtime"))
    assert times == {newcomer: 1_010.0, busy: 1_030.0}


def test_a_large_connection_does_not_hold_up_a_small_one() -> None:
    large = due(vtime=0.0)
    small = [due(vtime=0.0) for _ in range(20)]
    waited = dict.fromkeys(small, 0)
    for round_ in range(60):
        now = NOW + round_ * 20
        with scopes_disabled():
            SyncState.objects.filter(connection_id=large).update(next_due=now, dispatched_at=None)
        for connection in pick(now):
            with clock.fixed(now):
                scheduler.charge(connection, requests=4_000 if connection == large else 4, weight=4)
            with scopes_disabled():
                again = now if connection == large else now + 300
                SyncState.objects.filter(connection_id=connection).update(next_due=again, dispatched_at=None)
        with scopes_disabled():
            late = SyncState.objects.filter(connection_id__in=small, next_due__lte=now)
            for connection in late.values_list("connection_id", flat=True):
                waited[connection] += 20
    assert max(waited.values()) <= 60 * (1 + len(small) // scheduler.PLACES)
