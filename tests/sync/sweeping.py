"""Sweeps without the waiting: make them due, take them, let what was read be read some time ago."""

from typing import Any

from django.db.models import F

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Pending, StreamState, SyncState
from integrations.sync.sweeps import schedule
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.customers.models import Company
from sonora.people.models import Contact
from sonora.workspaces.scoping import scope
from tests.sync.conftest import sync

AN_HOUR = 3_700


def state_of(connection: Connection) -> SyncState:
    with scope(workspace=connection.workspace_id):
        return SyncState.objects.get(connection=connection)


def make_due(connection: Connection, *names: str) -> None:
    """These sweeps are due, no other is, and no run."""
    now = clock.now()
    swept = {name: 0 if name in names else now for name in schedule.EVERY}
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(swept=swept, run_due=now + 900)


def sweep(connection: Connection, *names: str) -> None:
    """Take these sweeps, and nothing else."""
    make_due(connection, *names)
    sync(connection, now=False)
    assert state_of(connection).sweep == ""


def present(connection: Connection, external_id: str) -> bool:
    with scope(workspace=connection.workspace_id):
        return Conversation.objects.present().filter(external_id=external_id).exists()


def conversations(intercom: Sandbox) -> list[dict[str, Any]]:
    return [row for row in intercom.objects() if row["type"] == "conversation"]


def an_hour_after_the_404s(connection: Connection) -> None:
    """Let what was not found have been asked for an hour ago: by Intercom's clock, which cannot be moved."""
    with scope(workspace=connection.workspace_id):
        Pending.objects.update(gone_at=F("gone_at") - AN_HOUR, not_before=0)


def grow_older(connection: Connection, seconds: int = 60) -> None:
    """Let *seconds* pass since everything was read; Intercom's clock cannot be moved."""
    with scope(workspace=connection.workspace_id):
        for model in (Contact, Company):
            model.objects.update(fetched_at=F("fetched_at") - seconds)
        StreamState.objects.update(whole_at=F("whole_at") - seconds, whole_before=F("whole_before") - seconds)
