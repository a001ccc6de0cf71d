"""After an outage everybody is due: they begin one after the other, but for those whom somebody waits for."""

from collections import Counter
from typing import Any

import pytest

from integrations.models import Beat, Connection, SyncState
from integrations.sync import runs, scheduler
from integrations.sync.classes import SliceClass
from integrations.sync.lease import Lease
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.integrations import NOW
from tests.sync.rows import many

pytestmark = pytest.mark.django_db
INTERVAL, STEP = 900, 10


@pytest.fixture(autouse=True)
def places(settings: Any) -> None:
    settings.SYNC_PLACES = 8


def tick(at: int = NOW) -> None:
    with clock.fixed(at):
        scheduler.tick()


def planned(**wanted: Any) -> list[int]:
    """When they are due, in seconds from now, in the order in which they were made."""
    with scopes_disabled():
        rows = SyncState.objects.filter(**wanted).order_by("pk")
        return [due - NOW for due in rows.values_list("next_due", flat=True)]


def test_500_due_at_once_begin_evenly_over_an_interval() -> None:
    many(500, next_due=NOW)
    tick()
    starts = Counter(due // STEP for due in planned())
    assert max(starts.values()) <= 3 * 500 * STEP / INTERVAL
    assert len(starts) == INTERVAL // STEP


def test_who_has_waited_longest_begins_first() -> None:
    many(500, next_due=[NOW - number for number in range(500)])
    tick()
    assert planned() == sorted(planned(), reverse=True)


def test_what_somebody_waits_for_is_not_put_off() -> None:
    urgent = (SliceClass.FIRST_SCREEN, SliceClass.FIRST_SYNC, SliceClass.NOW)
    many(500, next_due=NOW)
    for kind in urgent:
        many(10, next_due=NOW, slice_class=kind)
    tick()
    assert set(planned(slice_class__in=urgent)) == {0}


def test_many_that_somebody_waits_for_put_nobody_off() -> None:
    many(200, next_due=NOW, slice_class=SliceClass.NOW)
    many(10, next_due=NOW)
    tick()
    assert set(planned()) == {0}


def test_a_few_that_are_due_together_begin_together() -> None:
    many(12 * 8, next_due=NOW)
    tick()
    assert set(planned()) == {0}


def test_nobody_is_put_off_longer_than_the_shortest_interval() -> None:
    many(250, next_due=NOW, interval=86_400)
    many(250, next_due=NOW, interval=300)
    tick()
    assert max(planned()) < 300


def test_nobody_is_put_off_twice() -> None:
    many(500, next_due=NOW)
    tick()
    with scopes_disabled():
        SyncState.objects.update(next_due=NOW)  # so many more are late again
    tick(NOW + INTERVAL - 1)
    assert set(planned()) == {0}
    tick(NOW + INTERVAL)
    assert len(set(planned())) > 1


def test_a_tick_is_noted() -> None:
    tick(NOW)
    tick(NOW + 5)
    assert Beat.objects.get().ticked_at == NOW + 5


def test_intervals_are_moved_by_a_tenth_at_most_another_way_each_time() -> None:
    gaps = [_gap(connection, fence) for connection in range(1, 50) for fence in range(1, 20)]
    assert 0.9 * INTERVAL <= min(gaps) < 0.91 * INTERVAL
    assert 1.09 * INTERVAL < max(gaps) <= 1.1 * INTERVAL
    assert 0.99 * INTERVAL < sum(gaps) / len(gaps) < 1.01 * INTERVAL
    assert len({_gap(7, fence) // 10 for fence in range(1, 40)}) > 10


def _gap(connection: int, fence: int) -> int:
    held = Lease(Connection(pk=connection, interval=INTERVAL), SyncState(fence=fence))
    return runs._spread(Slice(held, wire=None, holder=None, ends=0.0))  # type: ignore[arg-type]
