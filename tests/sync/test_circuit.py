"""What fails again and again is tried ever less often, then not at all, and people are told once of each change."""

from typing import Any

import pytest

from integrations.errors import ProviderUnavailable
from integrations.models import Connection, Notice, SyncState
from integrations.notices import watch
from integrations.sync import engine, failures, lease
from integrations.sync.budget import MustWait
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.core.secret import SecretStr
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.integrations import NOW
from tests.sync.rows import many

pytestmark = pytest.mark.django_db
A_DAY = 86_400


@pytest.fixture
def connection() -> Connection:
    (made,) = many(1, next_due=NOW, last_run_finished_at=NOW, last_progress_at=NOW, run_due=NOW)
    with scopes_disabled():
        return Connection.objects.get(pk=made)


def claimed(connection: Connection) -> lease.Lease:
    held = lease.claim(connection.pk)
    assert held is not None
    return held


def fails(connection: Connection, at: int) -> int | None:
    """A slice that fails *at*; when the next one is due."""
    with scope(workspace=connection.workspace_id), clock.fixed(at):
        failures.failed(claimed(connection), ProviderUnavailable())
        return SyncState.objects.get().next_due


def now_of(connection: Connection) -> Connection:
    with scope(workspace=connection.workspace_id):
        return Connection.objects.get(pk=connection.pk)


def test_five_failures_in_a_row_slow_down_to_one_try_in_15_minutes(connection: Connection) -> None:
    at, waits = NOW, []
    for _ in range(7):
        again = fails(connection, at)
        assert again is not None
        waits.append(again - at)
        at = again
    assert waits == [5, 15, 60, 120, 900, 900, 900]


def test_one_slice_that_goes_well_closes_the_circuit(connection: Connection) -> None:
    for _ in range(6):
        fails(connection, NOW)
    with scope(workspace=connection.workspace_id), clock.fixed(NOW):
        failures.went_well(claimed(connection), is_over=False)
    found = now_of(connection)
    assert (found.failed_slices, found.failing_since, found.last_error) == (0, None, "")
    assert fails(connection, NOW) == NOW + 5


def test_to_wait_for_the_limit_is_neither_a_failure_nor_a_success(connection: Connection) -> None:
    for _ in range(5):
        fails(connection, NOW)
    with scope(workspace=connection.workspace_id), clock.fixed(NOW):
        failures.waiting(claimed(connection), MustWait(30.0, refused=True))
    assert now_of(connection).failed_slices == 5
    assert fails(connection, NOW) == NOW + 900


@pytest.mark.django_db(transaction=True)
def test_a_mistake_of_ours_counts_as_a_failure_and_gives_the_lease_back(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(_: Slice) -> None:
        raise KeyError("a field that is always there")

    monkeypatch.setattr(engine, "STEPS", (engine.Step("", lambda _: True, mistaken),))
    with scope(workspace=connection.workspace_id), clock.fixed(NOW):
        connection.token, connection.base_url = SecretStr("simulated-token-of-nobody"), "https://api.intercom.io"
        connection.save()
        with pytest.raises(KeyError):
            engine.run_slice(connection.pk)
        state = SyncState.objects.get()
    assert (state.lease_until, state.next_due) == (None, NOW + 5)
    found = now_of(connection)
    assert (found.failed_slices, found.run) == (1, Connection.Run.QUEUED)
    assert found.last_error == "Something in Sonora went wrong. Sonora tries again by itself."


def test_a_day_of_failures_pauses_and_each_change_is_told_once(connection: Connection) -> None:
    at: int | None = NOW
    tries, told_at = 0, list[int]()
    while at is not None:
        tries, last = tries + 1, at
        at = fails(connection, at)
        told_at += [last] * _told(last)
    assert A_DAY <= last - NOW < A_DAY + 900
    assert tries <= 4 + A_DAY // 900 + 2
    assert now_of(connection).run == Connection.Run.PAUSED_AFTER_FAILURES
    assert _told(last + 900) == 0
    assert _kinds() == ["first_sync_done", "paused_after_failures"]
    assert told_at[-1] == last


def _told(at: int) -> int:
    with clock.fixed(at):
        return watch.look()


def _kinds() -> list[Any]:
    with scopes_disabled():
        return list(Notice.objects.order_by("pk").values_list("kind", flat=True))
