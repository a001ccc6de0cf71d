"""Messages said, held and missing, of one conversation and of all: what came and was odd is no loss of Intercom's."""

from collections.abc import Iterator

import pytest

from integrations import parts, snapshot
from integrations.models import Connection, DeadLetter, SyncState
from integrations.parts import Parts
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.conversations import ConversationFactory
from tests.factories.integrations import NOW, ConnectionFactory


@pytest.fixture
def connection(db: None) -> Iterator[Connection]:
    with scopes_disabled():
        made = ConnectionFactory()
    with scope(workspace=made.workspace):
        SyncState.objects.create(workspace=made.workspace, connection=made)
        yield made


def letters(connection: Connection, *names: str) -> None:
    for name in names:
        DeadLetter.objects.create(
            workspace=connection.workspace,
            connection=connection,
            stream="messages",
            external_id=name,
            error="odd",
            first_at=NOW,
            last_at=NOW,
        )


def told(*, said: int, held: int, unreadable: int = 0, lost: int = 0, cut: int = 0) -> Parts:
    return Parts(said=said, held=held, unreadable=unreadable, not_retrievable=lost, cut=cut)


@pytest.mark.parametrize(
    ("total", "held", "odd", "expected"),
    [
        (2, 2, 0, told(said=2, held=2)),
        (742, 520, 0, told(said=742, held=520, lost=222, cut=1)),
        (10, 8, 2, told(said=10, held=8, unreadable=2)),
        (742, 499, 1, told(said=742, held=499, unreadable=1, lost=242, cut=1)),
        (10, 9, 3, told(said=10, held=9, unreadable=1)),  # letters of messages that are held in an older version
        (10, 10, 1, told(said=10, held=10)),
        (500, 510, 0, told(said=510, held=510)),  # Intercom counts fewer than it once gave
        (None, 3, 0, told(said=3, held=3)),
    ],
)
def test_a_conversation_and_the_sum_over_one_say_the_same(
    connection: Connection, total: int | None, held: int, odd: int, expected: Parts
) -> None:
    one = ConversationFactory(connection=connection, external_id="1", parts_total=total, parts_held=held)
    letters(connection, *(f"1:m{number}" for number in range(odd)), "10:m1", "2:m1")
    assert parts.of_conversation(one) == expected
    assert snapshot.read(connection).parts == expected


def test_the_sum_is_over_all_that_are_held(connection: Connection) -> None:
    ConversationFactory(connection=connection, external_id="1", parts_total=742, parts_held=520)
    ConversationFactory(connection=connection, external_id="2", parts_total=10, parts_held=8)
    ConversationFactory(connection=connection, external_id="3", parts_total=7, parts_held=7)
    ConversationFactory(connection=connection, parts_total=900, parts_held=0, deleted_at=NOW)
    ConversationFactory(connection=connection, parts_total=900, parts_held=0, fetched_at=None)
    letters(connection, "2:m1", "2:m2")
    assert snapshot.read(connection).parts == told(said=759, held=535, unreadable=2, lost=222, cut=1)


def test_no_other_connections_messages_are_counted(connection: Connection) -> None:
    one = ConversationFactory(connection=connection, external_id="1", parts_total=9, parts_held=8)
    with scopes_disabled():
        other = ConnectionFactory()
        ConversationFactory(connection=other, external_id="1", parts_total=9, parts_held=1)
        letters(other, "1:m1")
    assert parts.of_conversation(one) == snapshot.read(connection).parts == told(said=9, held=8, lost=1, cut=1)
