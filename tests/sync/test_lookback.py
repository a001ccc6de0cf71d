"""A lookback that is changed later."""

from integrations import connections
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.sync import engine
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connected, difference, held, sync


def widen(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        connections.change_settings(
            Connection.objects.get(pk=connection.pk),
            lookback_days=None,
            interval=900,
            show_internal_notes=True,
            by="ada@a.example",
        )


def test_a_wider_lookback_reads_what_it_adds_and_nothing_twice(
    workspace: Workspace, intercom: Sandbox, settings: object
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]  # type: ignore[attr-defined]
    connection = connected(workspace, intercom, lookback_days=30)
    sync(connection)
    before = sum(key[0] == "conversation" for key in held(connection))
    intercom.reset_log()
    widen(connection)
    sync(connection, now=False)
    assert not difference(connection, intercom)
    after = sum(key[0] == "conversation" for key in held(connection))
    assert intercom.counts()["GET /conversations/*"] == after - before > 0


def test_a_slice_under_way_does_not_write_over_new_settings(
    workspace: Workspace, intercom: Sandbox, settings: object
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [intercom.url]  # type: ignore[attr-defined]
    connection = connected(workspace, intercom, lookback_days=30)
    asked = []

    def widen_once() -> bool:
        with scope(workspace=workspace):
            begun = SyncState.objects.get(connection=connection).open_frontier is not None
        if begun and not asked:
            asked.append(1)
            widen(connection)
        return False

    assert engine.run_slice(connection.pk, stopping=widen_once).ended is engine.Ended.LOST
    sync(connection, now=False)
    assert not difference(connection, intercom)
