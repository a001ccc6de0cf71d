"""Killed anywhere, the sync goes on from its last commit; who lost the lease writes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.sync import engine, lease
from integrations.sync.slice import Slice
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync


class Killed(BaseException):
    """The process ends here: no handler of ours may see to anything."""


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, commit: int, *, before: bool) -> Iterator[None]:
    """The *commit*-th transaction of the engine never comes back: *before* it is made durable, or right after."""
    real, count = lease.Lease.transaction, iter(range(1, 100_000))

    @contextmanager
    def transaction(self: lease.Lease) -> Iterator[None]:
        number = next(count)
        with real(self):
            yield
            if number == commit and before:
                raise Killed
        if number == commit:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(lease.Lease, "transaction", transaction)
        with pytest.raises(Killed):
            yield


def forget_the_dead(connection: Connection) -> None:
    """Its lease runs out."""
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(lease_until=clock.now() - 1)


@pytest.mark.parametrize("before", [True, False], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("commit", [1, 2, 3, 5, 8, 11, 14, 17])
def test_a_kill_at_any_commit_loses_nothing(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch, commit: int, *, before: bool
) -> None:
    with killed_at(monkeypatch, commit, before=before):
        sync(connection)
    forget_the_dead(connection)
    sync(connection, now=False)
    assert not difference(connection, intercom)


def test_a_kill_costs_only_what_was_under_way(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    with killed_at(monkeypatch, 12, before=True):
        sync(connection)
    forget_the_dead(connection)
    sync(connection, now=False)
    conversations = sum(row["type"] == "conversation" for row in intercom.objects())
    assert intercom.counts()["GET /conversations/*"] <= conversations + 24 + 64


def test_a_second_worker_finds_it_busy(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        assert lease.claim(connection.pk) is not None
    assert engine.run_slice(connection.pk).ended is engine.Ended.BUSY


def test_a_worker_that_wakes_up_after_its_lease_writes_nothing(connection: Connection, intercom: Sandbox) -> None:
    with scope(workspace=connection.workspace_id):
        sleeper = lease.claim(connection.pk)
        assert sleeper is not None
        forget_the_dead(connection)
        assert lease.claim(connection.pk) is not None
        with pytest.raises(lease.LeaseLost), sleeper.transaction():
            Conversation.objects.update(title="written by a sleeper")
    assert sleeper is not None


def test_a_changed_token_fences_a_slice_under_way(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Slice.commit

    def commit(self: Slice, **columns: Any) -> Any:
        SyncState.objects.filter(connection=connection).update(generation=2)
        return real(self, **columns)

    monkeypatch.setattr(Slice, "commit", commit)
    assert sync(connection).ended is engine.Ended.LOST
    with scope(workspace=connection.workspace_id):
        assert not Conversation.objects.exists()


def test_a_lease_that_is_lost_between_the_last_commit_and_the_end_is_lost_quietly(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = engine._steps

    def then_somebody_takes_over(work: Slice) -> engine.Ended:
        ended = steps(work)
        SyncState.objects.filter(connection=connection).update(fence=work.state.fence + 1)
        return ended

    monkeypatch.setattr(engine, "_steps", then_somebody_takes_over)
    assert sync(connection).ended is engine.Ended.LOST


def test_state_of_newer_code_is_left_alone(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(state_version=lease.STATE_VERSION + 1)
    assert engine.run_slice(connection.pk).ended is engine.Ended.BUSY


def test_a_slice_stops_at_the_next_commit_when_it_is_asked_to(connection: Connection, intercom: Sandbox) -> None:
    outcome = engine.run_slice(connection.pk, stopping=lambda: intercom.log()["total"] > 0)
    assert outcome.ended is engine.Ended.MORE
    assert intercom.log()["total"] == 1
    with scope(workspace=connection.workspace_id):
        assert SyncState.objects.get(connection=connection).lease_until is None
