"""A connection to a sandbox Intercom: a real HTTP server in a process of its own."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

import pytest

from integrations import export
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.sync import engine
from integrations.sync.budget import asking
from sonora.core import clock
from sonora.core.secret import SecretStr
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.factories.integrations import ConnectionFactory
from tests.factories.workspaces import WorkspaceFactory
from tests.truth import Difference, Key, Row, compared, keyed


@pytest.fixture
def intercom() -> Iterator[Sandbox]:
    """A sandbox of this test's own, since what a test changes there stays changed."""
    with Sandbox(conversations=60, seed=7) as sandbox:
        yield sandbox


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between two tries are short; that there are as many tries as there should be is what counts."""
    monkeypatch.setattr(asking, "LONGEST_PAUSE", 0.0)


@pytest.fixture
def workspace(transactional_db: None) -> Workspace:
    return WorkspaceFactory(slug="demo")


@pytest.fixture
def connection(workspace: Workspace, intercom: Sandbox, settings: Any) -> Connection:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]
    return connected(workspace, intercom)


class Reached(Protocol):
    """What a connection leads to."""

    url: str
    token: str


def connected(workspace: Workspace, intercom: Reached, **fields: Any) -> Connection:
    """A connection that was just made: nothing is read yet."""
    with scope(workspace=workspace):
        made = ConnectionFactory(
            workspace=workspace,
            base_url=intercom.url,
            app_time_zone="America/Los_Angeles",
            **{"lookback_days": None, "created_at": clock.now(), **fields},
        )
        made.token = SecretStr(intercom.token)
        made.save()
        SyncState.objects.create(workspace=workspace, connection=made, next_due=clock.now())
    return made


def sync(connection: Connection, *, now: bool = True, slices: int = 30) -> engine.Outcome:
    """Work on *connection* until nothing is left; with *now*, beginning with a run of its own."""
    if now:
        with scope(workspace=connection.workspace_id):
            SyncState.objects.filter(connection=connection).update(now_requested_at=clock.now())
    for _ in range(slices):
        outcome = engine.run_slice(connection.pk)
        if outcome.ended is not engine.Ended.MORE:
            return outcome
    raise AssertionError("the sync does not end")


def held(connection: Connection) -> dict[Key, Row]:
    """What the export gives, by type and id."""
    with scope(workspace=connection.workspace_id):
        return keyed(json.loads(line) for line in export.lines(connection))


def difference(connection: Connection, intercom: Sandbox) -> Difference:
    """What the export and the sandbox's own truth do not agree on."""
    return compared(held(connection), intercom.objects())
