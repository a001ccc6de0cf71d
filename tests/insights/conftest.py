"""Records as a provider gives them, and whose rows they become."""

from collections.abc import Iterator

import pytest

from integrations import store
from integrations.records import Author, ConversationRecord, MessageRecord
from integrations.store import Fetched, Holder
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.integrations import NOW, ConnectionFactory

INES = Author(type="user", external_id="p1", name="Ines")


@pytest.fixture
def holder(db: None) -> Iterator[Holder]:
    mine = new_holder()
    with scope(workspace=mine.workspace_id):
        yield mine


def new_holder() -> Holder:
    """A workspace of its own with a connection."""
    with scopes_disabled():
        connection = ConnectionFactory()
    return Holder(connection.workspace_id, connection.pk)


def message(number: int, text: str, *, author: Author = INES, **fields: object) -> MessageRecord:
    """A part that says *text*, *number* seconds after the others began."""
    facts = {"origin": "part", "kind": "comment", "text": text, "html": f"<p>{text}</p>" if text else ""}
    return MessageRecord(
        **{"external_id": f"m{number}", "author": author, "created_at": NOW + number, **facts, **fields}  # type: ignore[arg-type]
    )


def conversation(*messages: MessageRecord, external_id: str = "1001", updated_at: int = NOW) -> ConversationRecord:
    """An open conversation of Ines."""
    return ConversationRecord(
        external_id=external_id,
        state="open",
        open=True,
        contacts=("p1",),
        messages=messages,
        created_at=NOW,
        updated_at=updated_at,
    )


def save(holder: Holder, *records: ConversationRecord, at: int = NOW + 100) -> None:
    """What a sync does with *records*, read at *at*."""
    store.save_conversations(holder, [Fetched(record, at) for record in records])
