"""Who writes rows and who makes one entry of many do not wait for each other, and nothing gets lost between them."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection as database
from django.db import transaction

from integrations import held_totals
from integrations.models import Connection, HeldTotal
from sonora.workspaces.scoping import scopes_disabled
from tests.factories.conversations import ConversationFactory
from tests.factories.integrations import ConnectionFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def connection() -> Connection:
    """One that holds two conversations, which nobody made one entry of."""
    if database.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    with scopes_disabled():
        made = ConnectionFactory()
        for _ in range(2):
            ConversationFactory(connection=made)
    return made


def begun(act: Callable[[], Any]) -> threading.Thread:
    """*act* in a thread with a database connection of its own."""
    thread = threading.Thread(target=_alone, args=(act,))
    thread.start()
    return thread


def meanwhile(act: Callable[[], Any]) -> None:
    """The same, over before this goes on."""
    ended(begun(act))


def ended(thread: threading.Thread) -> None:
    thread.join(30)
    assert not thread.is_alive()


def _alone(act: Callable[[], Any]) -> None:
    try:
        with scopes_disabled():
            act()
    finally:
        database.close()


def held(connection: Connection) -> int:
    entries = HeldTotal.objects.filter(connection_id=connection.pk, kind="conversations")
    return sum(entries.values_list("held", flat=True))


def test_entries_are_settled_beside_a_transaction_that_adds_some(connection: Connection) -> None:
    with transaction.atomic():
        with scopes_disabled():
            ConversationFactory(connection=connection)
        meanwhile(lambda: held_totals.settle(connection.pk))
    assert held(connection) == 3
    held_totals.settle(connection.pk)
    assert held(connection) == 3
    assert HeldTotal.objects.filter(connection_id=connection.pk).count() == 1


def test_of_two_who_settle_each_entry_is_counted_by_one_and_writers_go_on(connection: Connection) -> None:
    with transaction.atomic():
        held_totals.settle(connection.pk)
        meanwhile(lambda: ConversationFactory(connection=connection))
        other = begun(lambda: held_totals.settle(connection.pk))
    ended(other)
    assert held(connection) == 3
    held_totals.settle(connection.pk)
    assert held(connection) == 3
    assert HeldTotal.objects.filter(connection_id=connection.pk).count() == 1


def test_a_recount_beside_a_transaction_that_is_not_through_sees_neither_its_rows_nor_its_entries(
    connection: Connection,
) -> None:
    found: list[Any] = []
    with transaction.atomic():
        with scopes_disabled():
            ConversationFactory(connection=connection)
        meanwhile(lambda: found.append(held_totals.mend(connection.pk)))
    assert (found, held(connection)) == ([{}], 3)
