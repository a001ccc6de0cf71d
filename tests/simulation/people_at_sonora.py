"""What people do in Sonora's settings while it syncs, and what happens to the machine it runs on."""

from random import Random

from integrations import connections, controls
from integrations.models import Connection, SyncState
from integrations.providers import Access, provider_named
from integrations.refusals import NotNow
from sonora.core.secret import SecretStr
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope

BY = "ada@a.example"
BASE_URL = "https://api.intercom.io"
LOOKBACKS = [None, None, 0, 10, 30, 90]
NEWER = 99  # a version of the state that this code does not know


def connect(random: Random, *, interval: int) -> Connection:
    """A workspace with a connection that was just made."""
    workspace = Workspace.objects.create(slug="simulated", name="Simulated")
    with scope(workspace=workspace):
        return connections.connect(
            workspace,
            provider_named("intercom"),
            _access("first"),
            lookback_days=random.choice(LOOKBACKS),
            interval=interval,
            show_internal_notes=True,
            by=BY,
        )


def act(random: Random, workspace_id: int) -> None:
    """One of the things that people do."""
    what = random.choice(["pause", "resume", "token", "disconnect", "lookback", "now", "now", "newer", "older"])
    with scope(workspace=workspace_id):
        connection = Connection.objects.get()
        try:
            _do(what, connection, random)
        except NotNow:
            return


def set_right(workspace_id: int) -> None:
    """Whatever was stopped goes on."""
    with scope(workspace=workspace_id):
        connection = Connection.objects.get()
        SyncState.objects.update(state_version=1)
        if connection.setup != Connection.Setup.OK:
            connections.reconnect(connection, _access("last"), by=BY)
        elif connection.run in controls.PAUSED:
            controls.resume(connection, by=BY)


def _do(what: str, connection: Connection, random: Random) -> None:
    match what:
        case "pause":
            controls.pause(connection, by=BY)
        case "resume":
            controls.resume(connection, by=BY)
        case "token":
            connections.reconnect(connection, _access("second"), by=BY)
        case "disconnect":
            connections.disconnect(connection, by=BY, delete=False)
        case "lookback":
            _change_lookback(connection, random.choice(LOOKBACKS))
        case "now":
            controls.sync_now(connection, by=BY)
        case _:
            SyncState.objects.update(state_version=NEWER if what == "newer" else 1)


def _change_lookback(connection: Connection, days: int | None) -> None:
    controls.change_settings(
        connection, lookback_days=days, interval=connection.interval, show_internal_notes=True, by=BY
    )


def _access(name: str) -> Access:
    return Access(token=SecretStr(f"simulated-token-of-nobody-{name}"), base_url=BASE_URL)
