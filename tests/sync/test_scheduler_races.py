"""Two who choose at the same time choose as one would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection as database
from django.db import transaction

from integrations.models import SyncState
from integrations.sync import scheduler
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled
from tests.elsewhere import Elsewhere
from tests.factories.integrations import NOW
from tests.sync.rows import many

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(settings: Any) -> Iterator[None]:
    settings.SYNC_PLACES = 8
    with clock.fixed(NOW):
        yield


@contextmanager
def uncommitted(work: Callable[[], Any]) -> Iterator[Any]:
    """What *work* gives, in a transaction that ends with the block."""
    with transaction.atomic():
        yield work()


def tick_and_pick() -> list[int]:
    scheduler.tick()
    return scheduler.pick()


CHOOSE = pytest.mark.parametrize("choose", [scheduler.pick, tick_and_pick], ids=["slices that end", "ticks"])


@CHOOSE
def test_two_at_once_choose_each_connection_once(choose: Callable[[], list[int]]) -> None:
    scheduler.tick()
    due = many(5, next_due=NOW)
    with uncommitted(choose) as first:
        other = Elsewhere(choose)
        other.join(0.2)
        assert other.is_alive()  # it waits for its turn
    assert sorted(first) == due
    assert other.ended() == []


@CHOOSE
def test_two_at_once_give_no_place_twice(choose: Callable[[], list[int]]) -> None:
    scheduler.tick()
    many(20, next_due=NOW)
    with uncommitted(choose) as first:
        other = Elsewhere(choose)
        other.join(0.2)
    assert len(first) == 8
    assert other.ended() == []


def test_ticks_of_ten_beats_choose_as_those_of_one() -> None:
    due = many(8, next_due=NOW)
    beats = [Elsewhere(tick_and_pick) for _ in range(10)]
    assert sorted(one for beat in beats for one in beat.ended()) == due


@pytest.mark.skipif(database.vendor == "sqlite", reason="SQLite has one writer at a time and locks no rows")
def test_a_row_that_a_person_is_just_changing_holds_up_nobody() -> None:
    first, second = many(2, next_due=NOW)
    with scopes_disabled(), transaction.atomic():
        SyncState.objects.select_for_update().get(pk=first)
        assert Elsewhere(scheduler.pick).ended() == [second]
    assert scheduler.pick() == [first]
