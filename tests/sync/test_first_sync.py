"""The first sync brings in everything, once, and the next one finds that nothing changed."""

from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Pending, SyncRun, SyncState
from integrations.sync import engine
from integrations.sync.pump import Pump
from sonora.conversations.models import Conversation
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connected, difference, held, sync


def test_every_object_of_intercom_is_there_once(connection: Connection, intercom: Sandbox) -> None:
    assert sync(connection).ended is engine.Ended.IDLE
    assert not difference(connection, intercom)


def test_a_second_sync_changes_nothing_and_asks_for_little(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    before = held(connection)
    intercom.reset_log()
    sync(connection)
    companies = sum(key[0] == "company" for key in before)
    assert intercom.log()["total"] <= 9 + -(-companies // 60)
    assert held(connection) == before


def test_an_idle_scheduled_run_asks_four_times(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(run_due=0)
    intercom.reset_log()
    sync(connection, now=False)
    assert intercom.log()["total"] <= 4


def test_closed_conversations_before_the_lookback_stay_away_and_open_ones_do_not(
    workspace: Workspace, intercom: Sandbox, settings: object
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]  # type: ignore[attr-defined]
    connection = connected(workspace, intercom, lookback_days=30)
    sync(connection)
    with scope(workspace=workspace):
        edge = SyncState.objects.get(connection=connection).closed_edge or 0
    ids = {row["id"] for row in held(connection).values() if row["type"] == "conversation"}
    truth = [row for row in intercom.objects() if row["type"] == "conversation"]
    assert ids == {row["id"] for row in truth if row["state"] != "closed" or row["updated_at"] >= edge}
    assert len(ids) < len(truth)


def test_without_a_lookback_only_open_conversations_come_in(
    workspace: Workspace, intercom: Sandbox, settings: object
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]  # type: ignore[attr-defined]
    connection = connected(workspace, intercom, lookback_days=0)
    sync(connection)
    with scope(workspace=workspace):
        recent = SyncState.objects.get(connection=connection).backfill_start or 0
        states = set(Conversation.objects.filter(updated_at__lt=recent - 600).values_list("state", flat=True))
    assert "closed" not in states
    assert "open" in states


def test_the_run_is_told_to_people(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        run = SyncRun.objects.get()
        assert (run.kind, run.result) == ("initial", "succeeded")
        assert run.saved["conversations"] == Conversation.objects.count()
        assert run.requests == intercom.log()["total"]
        assert not Pending.objects.exists()


def test_a_run_that_was_asked_for_is_told_from_a_scheduled_one(connection: Connection) -> None:
    sync(connection)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(run_due=0)
    sync(connection, now=False)
    with scope(workspace=connection.workspace_id):
        assert list(SyncRun.objects.order_by("pk").values_list("kind", flat=True)) == ["initial", "manual", "scheduled"]


def test_many_requests_are_in_flight_at_once(connection: Connection, intercom: Sandbox) -> None:
    intercom.settings(latency_ms=20)
    sync(connection)
    assert 8 < intercom.log()["max_in_flight"] <= 24


def test_nothing_is_asked_over_and_over_once_all_has_come(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    take = Pump.take

    def counted(self: Pump[Any], *arguments: Any, **options: Any) -> list[Any]:
        looks.append(1)
        return take(self, *arguments, **options)

    monkeypatch.setattr(Pump, "take", counted)
    sync(connection)
    assert 0 < len(looks) < 1_000  # who looks at an empty line does so a hundred thousand times a second
