"""Times that cannot be: a watermark ahead of Intercom's clock, a clock of ours that was set back, a long feed."""

from typing import Any

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.sync.sweeps import schedule
from sonora.core import clock
from sonora.workspaces.models import AuditEntry, Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connected, difference, sync
from tests.sync.sweeping import conversations, state_of

A_DAY = 86_400


def test_a_watermark_in_the_future_is_put_back_told_and_made_good(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        SyncState.objects.update(watermark=clock.now() + A_DAY)
    intercom.mutate("add_conversation", text="Nobody looks here.", at=clock.now() - 2 * A_DAY)
    sync(connection)
    state = state_of(connection)
    assert (state.watermark or 0) <= clock.now()
    assert {"week", "all"} <= state.swept.keys()
    assert schedule.due(state) == ""
    with scope(workspace=connection.workspace_id):
        assert AuditEntry.objects.filter(action="sync.watermark_clamped").count() == 1
    assert not difference(connection, intercom)


def test_a_clock_that_was_set_back_by_a_day_stops_neither_runs_nor_sweeps(
    connection: Connection, intercom: Sandbox
) -> None:
    tomorrow = clock.now() + A_DAY
    with clock.use(lambda: tomorrow):
        sync(connection)
    intercom.mutate("add_conversation", text="Written while the clock went back.")
    sync(connection, now=False)
    assert not difference(connection, intercom)
    assert state_of(connection).swept.keys() == schedule.EVERY.keys() - {"resync"}, "nobody asked for that one"


def test_a_feed_of_several_pages_is_seen_up_to_the_run_that_read_it(workspace: Workspace, settings: Any) -> None:
    with Sandbox(conversations=130, seed=7) as intercom:
        settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]
        connection = connected(workspace, intercom)
        sync(connection)
        for row in conversations(intercom)[:70]:
            intercom.mutate("delete_conversation", id=row["id"])
        sync(connection)
        assert not difference(connection, intercom)
        assert state_of(connection).deleted_seen_at == state_of(connection).watermark
