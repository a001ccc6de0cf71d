"""The export, line by line."""

import json
from typing import Any

import pytest

from integrations import export
from sonora.conversations.models import Conversation, ConversationContact, ConversationTag, Message, Tag, Teammate
from sonora.customers.models import Company
from sonora.people.models import Contact
from sonora.workspaces.scoping import scope
from tests.factories.cast import Filled, fill
from tests.factories.conversations import ConversationFactory, TagFactory
from tests.factories.people import ContactFactory


@pytest.fixture
def filled(db: None) -> Filled:
    return fill("a", words="saffron")


def exported(filled: Filled) -> list[dict[str, Any]]:
    with scope(workspace=filled.workspace):
        return [json.loads(line) for line in export.lines(filled.connection)]


def test_no_words_end_a_line(filled: Filled) -> None:
    words = "one\n\r\x0b\x0c\x1c\x1d\x1e\x85two\u2028three\u2029four"
    with scope(workspace=filled.workspace):
        Message.objects.update(text=words)
        lines = list(export.lines(filled.connection))
    assert "\n".join(lines).splitlines() == lines
    assert {json.loads(line).get("text", words) for line in lines} == {words}


def test_every_kind_of_object_has_its_fields(filled: Filled) -> None:
    with scope(workspace=filled.workspace):
        Conversation.objects.update(state="open", created_at=10, updated_at=20)
        Company.objects.update(updated_at=30)
        Contact.objects.update(role="user", user_id="u-1", updated_at=40)
        Teammate.objects.update(email="noor@a.example")
        Message.objects.all().delete()
        Message.objects.create(
            workspace=filled.workspace,
            connection=filled.connection,
            conversation=filled.conversation,
            external_id="source:77",
            origin="source",
            text="Grüße „aus“ <Köln>",
            created_at=10,
        )
        Message.objects.create(
            workspace=filled.workspace,
            connection=filled.connection,
            conversation=filled.conversation,
            external_id="78",
            origin="part",
            kind="note",
            internal=True,
            author_type="admin",
            author_external_id="a1",
            text="x" * 100_000,
            redacted=True,
        )
    assert exported(filled) == [
        {"type": "admin", "id": "a1", "name": "Noor saffron", "email": "noor@a.example"},
        {
            "type": "company",
            "id": "c1",
            "company_id": "0017Q00000hF2bQAAS",
            "name": "Halden saffron GmbH",
            "updated_at": 30,
        },
        {
            "type": "contact",
            "id": "p1",
            "role": "user",
            "name": "Ines saffron",
            "email": "ines@saffron.example",
            "external_id": "u-1",
            "updated_at": 40,
        },
        {
            "type": "conversation",
            "id": "1001",
            "state": "open",
            "created_at": 10,
            "updated_at": 20,
            "contact_ids": ["p1"],
            "assignee_id": "a1",
            "company_id": "c1",
            "parts_held": 2,
            "parts_total": 2,
        },
        {"type": "conversation_tag", "id": "1001:t1", "conversation_id": "1001", "tag_id": "t1"},
        {
            "type": "message",
            "id": "78",
            "conversation_id": "1001",
            "origin": "part",
            "kind": "note",
            "author_type": "admin",
            "author_id": "a1",
            "created_at": None,
            "text": "x" * 100_000,
            "redacted": True,
        },
        {
            "type": "message",
            "id": "source:77",
            "conversation_id": "1001",
            "origin": "source",
            "kind": None,
            "author_type": None,
            "author_id": None,
            "created_at": 10,
            "text": "Grüße „aus“ <Köln>",
            "redacted": False,
        },
        {"type": "tag", "id": "t1", "name": "Billing saffron"},
    ]


def test_lines_are_sorted_by_type_and_then_by_id_as_text(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    with scope(workspace=filled.workspace):
        for number in ("1", "10", "2", "B", "a", "é", "100", "Z9"):
            one = ConversationFactory(connection=filled.connection, external_id=number)
            ConversationTag.objects.create(workspace=filled.workspace, conversation=one, tag=filled.tag)
    keys = [(line["type"], line["id"]) for line in exported(filled)]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    assert sum(type_ == "conversation" for type_, _ in keys) == 9


def test_contacts_stand_in_the_order_in_which_intercom_names_them(filled: Filled) -> None:
    with scope(workspace=filled.workspace):
        ConversationContact.objects.all().delete()
        for position, name in ((1, "p3"), (2, "p5"), (0, "p7")):
            contact = ContactFactory(connection=filled.connection, external_id=name)
            ConversationContact.objects.create(
                workspace=filled.workspace, conversation=filled.conversation, contact=contact, position=position
            )
    conversation = next(line for line in exported(filled) if line["type"] == "conversation")
    assert conversation["contact_ids"] == ["p7", "p3", "p5"]


def test_deleted_objects_and_those_that_were_only_named_are_left_out(filled: Filled) -> None:
    with scope(workspace=filled.workspace):
        Conversation.objects.update(deleted_at=5)
        Company.objects.update(fetched_at=None)
        Contact.objects.update(deleted_at=5)
        Tag.objects.update(deleted_at=5)
        TagFactory(connection=filled.connection, external_id="t2", name="", fetched_at=None)
        TagFactory(connection=filled.connection, external_id="t3", name="Known by name", fetched_at=None)
    assert [(line["type"], line["id"]) for line in exported(filled)] == [("admin", "a1"), ("tag", "t3")]


def test_what_is_not_known_is_null(filled: Filled) -> None:
    with scope(workspace=filled.workspace):
        Conversation.objects.update(assignee=None, company=None, parts_total=None)
        Contact.objects.update(email="", name="", user_id="")
    lines = {line["type"]: line for line in exported(filled)}
    assert (lines["conversation"]["assignee_id"], lines["conversation"]["company_id"]) == (None, None)
    assert lines["conversation"]["parts_total"] is None
    assert (lines["contact"]["email"], lines["contact"]["name"], lines["contact"]["external_id"]) == (None, None, None)


def test_another_workspace_is_not_in_it(filled: Filled) -> None:
    fill("b", words="indigo")
    assert "indigo" not in json.dumps(exported(filled))
