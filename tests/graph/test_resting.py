"""Few people whom changes touched rest, so that they are worked out together; nobody is forgotten over it."""

import time
from collections.abc import Iterator

import pytest

from integrations.models import Connection, SyncState
from sonora.core import clock
from sonora.graph import figures, keeping
from sonora.graph.models import Due
from sonora.people.models import Contact
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.integrations import NOW
from tests.graph.test_figures import House

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def house() -> Iterator[House]:
    """One in which Ines stands somewhere and nobody is due."""
    with scopes_disabled():
        made = House()
    with scope(workspace=made.connection.workspace):
        keeping.settle()
        yield made


def touched(house: House, contact: Contact, *, ago: int) -> None:
    """Something touched whoever *contact* is so many seconds ago."""
    Due.objects.filter(person_id=contact.person_id).delete()
    Due.objects.create(workspace_id=house.connection.workspace_id, person_id=contact.person_id, at=NOW - ago)


def test_a_few_who_stand_somewhere_rest_until_a_change_is_old_enough(house: House) -> None:
    touched(house, house.ines, ago=899)
    keeping.run(seconds=60, rest=900)
    assert Due.objects.exists()
    Due.objects.update(at=NOW - 900)
    keeping.run(seconds=60, rest=900)
    assert not Due.objects.exists()


def test_whoever_stands_nowhere_yet_does_not_wait_and_takes_the_others_along(house: House) -> None:
    touched(house, house.ines, ago=0)
    touched(house, house.contact("new@larch.example"), ago=0)
    keeping.run(seconds=60, rest=900)
    assert not Due.objects.exists()


def test_as_many_as_make_a_batch_do_not_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    other = house.contact("other@larch.example")
    keeping.settle()
    monkeypatch.setattr(figures, "MOST", 2)
    touched(house, house.ines, ago=0)
    keeping.run(seconds=60, rest=900)
    assert Due.objects.exists()
    touched(house, other, ago=0)
    keeping.run(seconds=60, rest=900)
    assert not Due.objects.exists()


def test_nobody_waits_because_the_clock_was_set_back(house: House) -> None:
    touched(house, house.ines, ago=-1)
    keeping.run(seconds=60, rest=900)
    assert not Due.objects.exists()


def test_the_database_says_since_when_somebody_is_due(house: House) -> None:
    before = int(time.time())
    Contact.objects.filter(pk=house.ines.pk).update(has_bounced=True)
    assert {before - 1 <= at <= time.time() for at in Due.objects.values_list("at", flat=True)} == {True}


@pytest.fixture
def first(house: House) -> SyncState:
    """A first sync that goes on, and brings somebody new."""
    touched(house, house.contact("new@larch.example"), ago=0)
    return SyncState.objects.create(workspace=house.connection.workspace, connection=house.connection, run_id=1)


def test_everybody_rests_while_a_first_sync_goes_on_and_is_worked_out_when_it_is_done(
    house: House, first: SyncState
) -> None:
    touched(house, house.ines, ago=901)
    keeping.run(seconds=60, rest=900)
    assert Due.objects.count() == 2
    first.initial_done_at = NOW
    first.save()
    keeping.run(seconds=60, rest=900)
    assert not Due.objects.exists()


def test_many_rest_too_while_a_first_sync_goes_on(
    house: House, first: SyncState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST", 1)
    keeping.run(seconds=60, rest=900)
    assert Due.objects.exists()


def test_nobody_rests_longer_than_an_hour_however_long_a_first_sync_takes(house: House, first: SyncState) -> None:
    touched(house, house.ines, ago=3_600)
    keeping.run(seconds=60, rest=900)
    assert not Due.objects.exists()


@pytest.mark.parametrize(
    "stopped", [{"run": "paused_by_person"}, {"run": "paused_after_failures"}, {"setup": "token_invalid"}]
)
def test_nobody_rests_for_a_first_sync_that_does_not_go_on(
    house: House, first: SyncState, stopped: dict[str, str]
) -> None:
    Connection.objects.update(**stopped)
    keeping.run(seconds=60, rest=900)
    assert not Due.objects.exists()


def test_whoever_calls_for_everybody_need_not_wait_for_a_first_sync(house: House, first: SyncState) -> None:
    keeping.run(seconds=60)
    assert not Due.objects.exists()
