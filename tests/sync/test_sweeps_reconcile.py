"""The reconciliation: deletions that nobody tells, and absence that means none."""

from integrations import controls
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Pending, SyncState
from integrations.sync import engine
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import (
    AN_HOUR,
    an_hour_after_the_404s,
    conversations,
    make_due,
    present,
    state_of,
    sweep,
)


def test_a_deletion_that_no_feed_tells_is_found_by_the_reconciliation(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    chosen = conversations(intercom)[0]["id"]
    intercom.mutate("delete_conversation", id=chosen, without_feed=True)
    sweep(connection, "all")
    assert present(connection, chosen), "one answer is not enough"
    an_hour_after_the_404s(connection)
    sync(connection, now=False)
    assert not present(connection, chosen)
    assert not difference(connection, intercom)


def test_absence_from_the_search_alone_deletes_nothing(connection: Connection, intercom: Sandbox) -> None:
    """The search leaves a conversation out, the conversation itself answers."""
    sync(connection)
    chosen = conversations(intercom)[0]
    intercom.settings(lag_seconds=3_600)
    new = intercom.mutate("add_conversation", text="Not in the index yet.")["id"]
    with scope(workspace=connection.workspace_id):
        owner = {"workspace_id": connection.workspace_id, "connection_id": connection.pk}
        Pending.objects.create(**owner, external_id=str(new), seen_updated_at=0)
    sync(connection)
    assert present(connection, str(new))
    sweep(connection, "all")
    later = clock.now() + AN_HOUR
    with clock.use(lambda: later):
        sync(connection, now=False)
    assert present(connection, str(new))
    assert present(connection, chosen["id"])
    with scope(workspace=connection.workspace_id):
        assert not Pending.objects.exists()


def lose(intercom: Sandbox, number: int) -> list[str]:
    gone = [row["id"] for row in conversations(intercom)[:number]]
    for one in gone:
        intercom.mutate("delete_conversation", id=one, without_feed=True)
    return gone


def test_more_than_twenty_missing_at_once_are_kept_until_a_person_says_that_they_are_gone(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    gone = lose(intercom, 25)
    sweep(connection, "all")
    an_hour_after_the_404s(connection)
    sync(connection, now=False)
    assert all(present(connection, one) for one in gone)
    assert state_of(connection).suspects == {"conversations": 25}
    with scope(workspace=connection.workspace_id):
        assert not Pending.objects.exists()
        controls.let_go(Connection.objects.get(), by="ada@a.example")
    sync(connection, now=False)
    an_hour_after_the_404s(connection)
    sync(connection, now=False)
    assert not any(present(connection, one) for one in gone)
    assert state_of(connection).suspects == {}
    assert not difference(connection, intercom)


def test_404s_for_everything_delete_nothing(connection: Connection, intercom: Sandbox) -> None:
    """As when the token leads to another workspace of Intercom."""
    sync(connection)
    every = [row["id"] for row in conversations(intercom)]
    intercom.fail("/conversations/*", kind="status", status=404, code="not_found", method="GET", times=None)
    intercom.mutate("touch", ids=every)
    for _ in range(5):
        sync(connection)
        an_hour_after_the_404s(connection)
    sync(connection)
    assert all(present(connection, one) for one in every)
    assert state_of(connection).suspects == {"conversations": len(every)}


def test_a_reconciliation_that_took_more_than_a_day_begins_again(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        old = {"sweep": "all", "sweep_begun_at": clock.now() - 86_500, "sweep_target": clock.now()}
        SyncState.objects.filter(connection=connection).update(
            **old, sweep_frontier=1_400_000_000, sweep_missing=[conversations(intercom)[0]["id"]]
        )
    intercom.reset_log()
    make_due(connection)
    sync(connection, now=False)
    assert set(intercom.counts()) == {"POST /conversations/search"}
    with scope(workspace=connection.workspace_id):
        assert not Pending.objects.exists()


def test_a_sweep_goes_on_where_the_worker_died(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    chosen = conversations(intercom)[0]["id"]
    intercom.mutate("delete_conversation", id=chosen, without_feed=True)
    make_due(connection, "all")
    for _ in range(60):
        stop = iter([False, True])
        engine.run_slice(connection.pk, stopping=lambda: next(stop, True))  # noqa: B023 - called at once
        if not state_of(connection).sweep and "all" in state_of(connection).swept:
            break
    with scope(workspace=connection.workspace_id):
        assert Pending.objects.filter(external_id=chosen).exists() or not present(connection, chosen)
