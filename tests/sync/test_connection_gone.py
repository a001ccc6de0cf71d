"""A connection that is deleted with all its rows while its sync works, and HTTP where none may be."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Pending, SyncRun
from integrations.sync import engine, lease
from integrations.sync.slice import Slice
from sonora.conversations.models import Conversation, Message
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.sync.conftest import sync

COMMIT = 8  # of the slice: some conversations are stored by then


def test_a_slice_whose_connection_is_deleted_ends_quietly_and_leaves_no_row(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, count = lease.Lease.transaction, iter(range(1, 100_000))

    @contextmanager
    def transaction_of_a_deleted_one(self: lease.Lease) -> Iterator[None]:
        if next(count) == COMMIT:
            with scopes_disabled():
                Connection.objects.filter(pk=connection.pk).delete()
        with real(self):
            yield

    monkeypatch.setattr(lease.Lease, "transaction", transaction_of_a_deleted_one)
    assert sync(connection).ended is engine.Ended.LOST
    with scope(workspace=connection.workspace_id):
        for model in (Conversation, Message, Pending, SyncRun):
            assert not model.objects.exists()


@pytest.mark.filterwarnings("ignore:coroutine", "ignore::pytest.PytestUnraisableExceptionWarning")  # it is never begun
def test_nobody_is_asked_within_a_transaction(
    connection: Connection, intercom: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = Slice.ask

    def within(self: Slice, question: object) -> object:
        with transaction.atomic():
            return ask(self, question)  # type: ignore[arg-type]

    monkeypatch.setattr(Slice, "ask", within)
    with pytest.raises(RuntimeError, match="No HTTP inside a transaction"):
        sync(connection)
    assert intercom.log()["total"] == 0
