"""When a sweep is due, and when none is taken."""

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from integrations.sync import engine
from integrations.sync.sweeps import schedule
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import make_due, state_of, sweep


def test_a_sync_at_once_sweeps_nothing(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    make_due(connection, *schedule.EVERY)
    intercom.reset_log()
    assert engine.run_slice(connection.pk, may_sweep=False).ended is engine.Ended.IDLE
    assert intercom.log()["total"] == 0


def test_the_first_sync_counts_as_one_of_each_sweep(connection: Connection) -> None:
    sync(connection)
    state = state_of(connection)
    assert schedule.due(state) == ""
    assert schedule.next_due(state) == (state.initial_done_at or 0) + 3_600
    assert state.next_due is not None
    assert state.next_due <= (state.initial_done_at or 0) + 3_600


def test_a_sweep_that_may_not_read_is_put_off_and_the_next_run_says_why(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    intercom.settings(missing_scopes=["read_conversations"])
    sweep(connection, "day", "open")
    assert state_of(connection).swept["day"] > 0
    sync(connection)
    intercom.clear()
    sync(connection)
    assert not difference(connection, intercom)
