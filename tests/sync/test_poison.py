"""A conversation that no answer ever comes of is not asked for at every pass; it is neither lost nor forgotten."""

import pytest
from django.db.models import F

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter
from integrations.sync import failing, poison
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import conversations, sweep

PASSES = ("day", "week", "open", "all")


@pytest.fixture
def poisonous(connection: Connection, intercom: Sandbox, impatient: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """An open conversation whose answer is always cut off, and that is kept as a dead letter."""
    monkeypatch.setattr(failing, "WAITS", (0, 0))
    chosen: str = next(row["id"] for row in conversations(intercom) if row["state"] == "open")
    intercom.fail(f"/conversations/{chosen}", kind="truncated", times=None)
    for _ in range(4):
        sync(connection)
    assert letters(connection) == [chosen]
    intercom.reset_log()
    return chosen


def letters(connection: Connection) -> list[str]:
    with scope(workspace=connection.workspace_id):
        return list(DeadLetter.objects.values_list("external_id", flat=True))


def asked_for(intercom: Sandbox, external_id: str) -> int:
    return sum(one["path"] == f"/conversations/{external_id}" for one in intercom.requests())


def grow_older(connection: Connection, seconds: int) -> None:
    with scope(workspace=connection.workspace_id):
        DeadLetter.objects.update(last_at=F("last_at") - seconds)


def test_passes_and_runs_that_meet_it_as_it_was_leave_it_alone_for_a_day(
    connection: Connection, intercom: Sandbox, poisonous: str
) -> None:
    sync(connection)
    sweep(connection, *PASSES)
    assert asked_for(intercom, poisonous) == 0
    assert letters(connection) == [poisonous]  # also after the walk over all there is


def test_after_a_day_it_is_tried_once_more(connection: Connection, intercom: Sandbox, poisonous: str) -> None:
    grow_older(connection, poison.RESTS)
    sweep(connection, "open")
    assert 1 <= asked_for(intercom, poisonous) <= 5  # attempts of one try
    intercom.clear()
    grow_older(connection, poison.RESTS)
    sweep(connection, "open")
    assert letters(connection) == []
    assert not difference(connection, intercom)


def test_when_it_changes_it_is_tried_at_once(connection: Connection, intercom: Sandbox, poisonous: str) -> None:
    intercom.clear()
    intercom.mutate("reply", id=poisonous, text="Shorter now.")
    sync(connection)
    assert letters(connection) == []
    assert not difference(connection, intercom)
