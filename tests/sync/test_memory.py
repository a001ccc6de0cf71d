"""A conversation that no process has room for: it ends three slices, then it is set aside and the others go on."""

import pytest

from integrations.intercom.connection import Connection as Line
from integrations.intercom.connection import RawAnswer
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, Pending, SyncState
from integrations.sync import engine
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync


def test_a_record_that_takes_all_memory_is_set_aside_after_three_tries(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(connection)
    chosen = next(row["id"] for row in intercom.objects() if row["type"] == "conversation")
    exchange = Line.exchange

    async def without_room(self: Line, request: bytes) -> RawAnswer:
        if f"/conversations/{chosen} ".encode() in request:
            self.close()  # as the real one does, whatever ends it
            raise MemoryError
        return await exchange(self, request)

    monkeypatch.setattr(Line, "exchange", without_room)
    intercom.mutate("touch", count=60)
    for attempt in range(4):
        with pytest.raises(MemoryError):
            sync(connection, now=attempt == 0)
        _forget_the_dead(connection)
    assert sync(connection, now=False).ended is engine.Ended.IDLE
    with scope(workspace=connection.workspace_id):
        assert DeadLetter.objects.get().external_id == chosen
        assert not Pending.objects.exists()
    monkeypatch.undo()
    intercom.mutate("touch", count=60)
    sync(connection)
    assert not difference(connection, intercom)


def _forget_the_dead(connection: Connection) -> None:
    """Its lease runs out."""
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(lease_until=clock.now() - 1)
