"""Many connections whose rows alone matter, each in a workspace of its own."""

from typing import Any

from integrations.models import Connection, SyncState
from integrations.sync.classes import SliceClass
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.integrations import NOW

INTERVAL = 900


def many(number: int, *, next_due: int | list[int], interval: int = INTERVAL, **columns: Any) -> list[int]:
    """The ids of *number* connections that are due at *next_due*, or each at its own."""
    each = next_due if isinstance(next_due, list) else [next_due] * number
    facts = {"slice_class": SliceClass.INCREMENTAL, "initial_done_at": NOW, "open_done": True, "closed_done": True}
    with scopes_disabled():
        first = Workspace.objects.count()
        names = [f"w{first + one}" for one in range(number)]
        workspaces = Workspace.objects.bulk_create([Workspace(slug=name, name=name) for name in names])
        connections = Connection.objects.bulk_create(
            [
                Connection(workspace=one, provider="intercom", app_id=one.slug, interval=interval, created_at=NOW)
                for one in workspaces
            ]
        )
        SyncState.objects.bulk_create(
            [
                SyncState(workspace=one.workspace, connection=one, next_due=due, **{**facts, **columns})
                for one, due in zip(connections, each, strict=True)
            ]
        )
    return [one.pk for one in connections]
