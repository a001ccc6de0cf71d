"""When they or we last wrote to the other is kept on a conversation; what else changes it is no contact."""

from collections.abc import Iterator
from importlib import import_module
from itertools import product

import pytest
from django.db import connection as database
from django.db.models import F

from integrations import store
from integrations.records import Attachment, Author, ConversationRecord, MessageRecord
from integrations.store import Fetched, Holder
from sonora.conversations.models import Conversation
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.integrations import NOW, ConnectionFactory

pytestmark = pytest.mark.django_db
CUSTOMER, TEAMMATE = Author(type="user", external_id="p1"), Author(type="admin", external_id="a1")
LATER = {"created_at": NOW + 50}


@pytest.fixture
def holder() -> Iterator[Holder]:
    with scopes_disabled():
        connection = ConnectionFactory()
    with scope(workspace=connection.workspace):
        yield Holder(connection.workspace_id, connection.pk)


def said(number: int, **fields: object) -> MessageRecord:
    facts = {"author": CUSTOMER, "text": "Words", "kind": "comment", "created_at": NOW, **fields}
    return MessageRecord(external_id=f"m{number}", origin="part", **facts)  # type: ignore[arg-type]


def save(holder: Holder, *messages: MessageRecord, external_id: str = "1001") -> int | None:
    """When the last contact was in a conversation of *messages*, which changed long after."""
    record = ConversationRecord(
        external_id=external_id, messages=messages, parts_total=len(messages), created_at=NOW, updated_at=NOW + 900
    )
    store.save_conversations(holder, [Fetched(record, NOW + 1_000)])
    return Conversation.objects.get(external_id=external_id).said_at


@pytest.mark.parametrize(
    "message",
    [
        said(2, **LATER),
        said(2, author=TEAMMATE, **LATER),
        said(2, author=Author(type="lead", external_id="p2"), **LATER),
        said(2, text="", attachments=(Attachment(name="a.png"),), **LATER),
    ],
    ids=["a customer", "a teammate", "a lead", "a picture without words"],
)
def test_the_last_that_a_customer_or_a_teammate_wrote_is_the_last_contact(holder: Holder, message: MessageRecord):
    assert save(holder, said(1), message) == NOW + 50


@pytest.mark.parametrize(
    "message",
    [
        said(2, author=TEAMMATE, internal=True, kind="note", **LATER),
        said(2, author=TEAMMATE, text="", kind="close", **LATER),
        said(2, author=TEAMMATE, text="", kind="assignment", **LATER),
        said(2, author=Author(type="bot"), **LATER),
        said(2, author=Author(type="admin", external_id="a1", from_ai=True), **LATER),
        said(2, redacted=True, **LATER),
        said(2, created_at=None),
    ],
    ids=["a note", "a closing", "an assignment", "a bot", "an AI agent", "what was taken back", "without a time"],
)
def test_what_is_no_message_between_people_is_no_contact(holder: Holder, message: MessageRecord):
    assert save(holder, said(1), message) == NOW


def test_who_never_wrote_has_no_last_contact(holder: Holder):
    assert save(holder, said(1, author=Author(type="bot"))) is None


def test_the_update_fills_in_what_the_store_would_have_kept(holder: Holder):
    kinds = product(("user", "lead", "admin", "bot", ""), (False, True), (False, True), (False, True), ("", "Words"))
    for number, (author, from_ai, internal, redacted, text) in enumerate(kinds):
        author_ = Author(type=author, external_id="x1", from_ai=from_ai)
        save(
            holder,
            said(1, author=TEAMMATE, created_at=NOW - 90),
            said(2, author=author_, internal=internal, redacted=redacted, text=text),
            external_id=f"c{number}",
        )
    kept = dict(Conversation.objects.values_list("pk", "said_at"))
    assert set(kept.values()) == {NOW, NOW - 90}
    Conversation.objects.update(said_at=F("created_at") - 7)
    migration = import_module("sonora.conversations.migrations.0013_last_contact")
    migration.keep(None, database.schema_editor(atomic=False))
    assert dict(Conversation.objects.values_list("pk", "said_at")) == kept
