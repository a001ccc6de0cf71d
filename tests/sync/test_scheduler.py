"""Who is next: the rows decide, nobody is given out twice, and no kind of work has all the places."""

from typing import Any

import pytest

from integrations.models import Beat, Connection, SyncState
from integrations.sync import scheduler
from integrations.sync.classes import SliceClass
from integrations.sync.lease import STATE_VERSION
from sonora.core import clock
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.workspaces import WorkspaceFactory

pytestmark = pytest.mark.django_db
PLACES = 8


@pytest.fixture(autouse=True)
def places(settings: Any) -> None:
    settings.SYNC_PLACES = PLACES


def due(**columns: Any) -> int:
    """A connection whose incremental slice is due, in a workspace of its own."""
    with scopes_disabled():
        connection = ConnectionFactory(**columns.pop("connection", {}))
        facts = {"next_due": NOW, "slice_class": SliceClass.INCREMENTAL, **columns}
        SyncState.objects.create(workspace=connection.workspace, connection=connection, **facts)
    return connection.pk


def pick(at: int = NOW) -> list[int]:
    with clock.fixed(at):
        return scheduler.pick()


def times() -> dict[int, float]:
    with scopes_disabled():
        return dict(SyncState.objects.values_list("connection_id", "vtime"))


# ---- who may be given out ----


def test_what_is_due_is_given_out_once() -> None:
    first = due()
    assert pick() == [first]
    assert pick() == []


def test_a_message_that_nobody_took_is_sent_again_within_a_minute_of_ticks() -> None:
    first = due()
    pick()
    again = next(at for at in range(NOW + 5, NOW + 120, 5) if pick(at) == [first])
    assert again - NOW <= 60


def test_what_is_not_due_leased_paused_or_stopped_stays() -> None:
    due(next_due=NOW + 1)
    due(next_due=None)
    due(lease_until=NOW + 30)
    due(connection={"run": Connection.Run.PAUSED_BY_PERSON})
    due(connection={"run": Connection.Run.PAUSED_AFTER_FAILURES})
    due(connection={"setup": Connection.Setup.TOKEN_INVALID})
    due(connection={"setup": Connection.Setup.DELETING})
    due(state_version=STATE_VERSION + 1)
    assert pick() == []


def test_a_lease_that_ran_out_is_no_lease() -> None:
    first = due(lease_until=NOW - 1, lease_owner="a worker that died")
    assert pick() == [first]


def test_who_could_not_be_told_is_due_as_before() -> None:
    first, second = due(), due()
    assert pick() == [first, second]
    scheduler.take_back([second])
    assert pick() == [second]


# ---- the places ----


def test_only_as_many_as_there_are_places() -> None:
    for _ in range(PLACES + 3):
        due()
    assert len(pick()) == PLACES
    assert pick() == []


def test_who_works_has_a_place_also_when_its_message_has_long_arrived() -> None:
    for _ in range(PLACES - 1):
        due(lease_until=NOW + 30, lease_owner="worker")
    waiting = {due(), due()}
    assert len(pick()) == 1
    assert set(times()) > waiting


@pytest.mark.parametrize("kind", [SliceClass.FIRST_SYNC, SliceClass.BACKFILL, SliceClass.SWEEP])
def test_long_work_leaves_one_place_free(kind: SliceClass) -> None:
    for _ in range(PLACES + 1):
        due(slice_class=kind)
    assert len(pick()) == PLACES - 1
    short = due(vtime=1e9)
    assert pick() == [short]


def test_a_single_place_is_not_kept_free(settings: Any) -> None:
    settings.SYNC_PLACES = 1
    long = due(slice_class=SliceClass.SWEEP)
    assert pick() == [long]


def test_long_work_that_waits_does_not_keep_the_short_behind_it_waiting() -> None:
    long = [due(slice_class=SliceClass.SWEEP, vtime=1.0) for _ in range(PLACES + 2)]
    short = due(vtime=100.0)
    assert pick() == [*long[: PLACES - 1], short]


def test_a_workspace_has_two_places_at_most() -> None:
    crowded: Workspace = WorkspaceFactory()
    names = ["intercom", "second", "third"]
    three = [due(connection={"workspace": crowded, "provider": name}) for name in names]
    other = due(vtime=100.0)
    assert pick() == [*three[:2], other]
    with scopes_disabled():
        SyncState.objects.filter(connection_id=three[0]).update(dispatched_at=None, next_due=None)
    assert pick() == [three[2]]


def test_a_workspace_that_has_its_two_keeps_nobody_behind_it_waiting(settings: Any) -> None:
    settings.SYNC_PLACES = 3
    crowded: Workspace = WorkspaceFactory()
    for name in ("intercom", "second", "third"):
        due(connection={"workspace": crowded, "provider": name})
    pick()
    other = due(vtime=100.0)
    assert pick() == [other]


# ---- the order ----


def test_who_had_least_is_first() -> None:
    large, small = due(vtime=5_000.0), due(vtime=10.0)
    assert pick() == [small, large]


def test_a_slice_is_charged_by_its_weight() -> None:
    urgent, sweep = due(vtime=100.0), due(vtime=100.0)
    scheduler.charge(urgent, requests=80, weight=SliceClass.NOW.weight)
    scheduler.charge(sweep, requests=80, weight=SliceClass.SWEEP.weight)
    assert times() == {urgent: 110.0, sweep: 180.0}


def test_the_weights_are_those_of_the_design() -> None:
    assert {kind.name: kind.weight for kind in SliceClass} == {
        "FIRST_SCREEN": 8,
        "FIRST_SYNC": 8,
        "NOW": 8,
        "INCREMENTAL": 4,
        "BACKFILL": 2,
        "SWEEP": 1,
    }


def test_who_comes_back_from_a_rest_starts_where_the_sharing_has_come_to(settings: Any) -> None:
    busy = due(vtime=1_000.0)
    assert pick() == [busy]
    rested = due(vtime=0.0)
    assert pick() == [rested]
    assert times() == {busy: 1_000.0, rested: 1_000.0}


def test_the_sharing_comes_as_far_as_the_one_that_had_least_and_never_goes_back() -> None:
    due(vtime=300.0)
    due(vtime=700.0)
    pick()
    assert Beat.objects.get().vtime == 300.0
    due(vtime=5.0)
    pick()
    assert Beat.objects.get().vtime == 300.0


# ---- what it costs ----


def test_nothing_due_costs_few_queries_and_writes_nothing(django_assert_num_queries: Any) -> None:
    due(next_due=NOW + 900)
    pick()
    with django_assert_num_queries(5):  # savepoint, the scheduler's row, places, who is due, savepoint
        assert pick() == []


def test_a_choice_costs_as_many_queries_however_many_are_due(django_assert_num_queries: Any) -> None:
    pick()
    for _ in range(40):
        due()
    with django_assert_num_queries(7):  # the same, the marks and the scheduler's row
        assert len(pick()) == PLACES
