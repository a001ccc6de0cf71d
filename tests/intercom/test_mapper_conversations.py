"""Payload → record: conversations and their messages."""

from typing import Any

import pytest

from integrations.intercom import mapper, reading
from integrations.intercom.links import Links
from integrations.records import (
    Attachment,
    Author,
    CompanyRef,
    ConversationRecord,
    MessageRecord,
    TagRecord,
)
from tests.intercom.mapped import conversation, message, part, parts, source
from tests.payloads import load


def test_a_conversation_is_understood_whole():
    found = conversation()
    sam = Author(type="admin", external_id="501", name="Sam Lee", email="sam@northwind.example")
    ines = Author(type="user", external_id="65a1", name="Ines Duarte", email="ines@larch.example")
    fin = Author(type="bot", external_id="900", name="Fin", email="operator+wsp1@intercom.example", from_ai=True)
    billing = TagRecord(external_id="71", name="billing")
    assert found == ConversationRecord(
        external_id="9001",
        title="Invoice & VAT",
        preview="Hello, the invoice is wrong.",
        state="open",
        open=True,
        priority="high",
        channel="email",
        delivered_as="customer_initiated",
        rating=4,
        rating_remark="Quick.",
        url="https://app.eu.intercom.com/a/inbox/wsp1/inbox/conversation/9001",
        assignee="501",
        team="",
        company=CompanyRef(external_id="66a000000000000000000001", company_id="crm-7", name="Larch & Sons"),
        contacts=("65a1", "65a2"),
        tags=(
            TagRecord(external_id="71", name="billing", applied_at=1790000100),
            TagRecord(external_id="72", name="vip"),
        ),
        messages=(
            MessageRecord(
                external_id="source:4401",
                origin="source",
                kind="email",
                author=ines,
                html="<p>Hello,<br>the invoice is wrong.</p>",
                text="Hello,\nthe invoice is wrong.",
                attachments=(
                    Attachment(
                        name="invoice.pdf",
                        url="https://files.example/i.pdf",
                        content_type="application/pdf",
                        size=2048,
                    ),
                ),
                created_at=1790000000,
            ),
            MessageRecord(
                external_id="9",
                origin="part",
                kind="note",
                internal=True,
                author=sam,
                html="<p>They pay late.</p>",
                text="They pay late.",
                created_at=1790000300,
                updated_at=1790000301,
            ),
            MessageRecord(
                external_id="12",
                origin="part",
                kind="comment",
                author=sam,
                html="<p>We look into it.</p>",
                text="We look into it.",
                tags=(billing,),
                created_at=1790000600,
                updated_at=1790000600,
            ),
            MessageRecord(
                external_id="13",
                origin="part",
                kind="comment",
                author=ines,
                redacted=True,
                created_at=1790000900,
                updated_at=1790001900,
            ),
            MessageRecord(
                external_id="99",
                origin="part",
                kind="a_type_of_tomorrow",
                created_at=1790001000,
                updated_at=1790001000,
            ),
            MessageRecord(
                external_id="100",
                origin="part",
                kind="quick_reply",
                author=fin,
                html="<p>Yes</p>",
                text="Yes",
                created_at=1790001000,
                updated_at=1790001000,
            ),
        ),
        parts_total=5,
        linked_tickets=("8001",),
        unknown=("part_type:a_type_of_tomorrow",),
        created_at=1790000000,
        updated_at=1790003600,
    )


def test_a_conversation_that_is_only_an_id_is_stored():
    body = b'{"id": 7}'
    read, broken = reading.conversation(body, external_id="7")
    assert mapper.conversation(read, links=Links(), broken=broken) == ConversationRecord(
        external_id="7", state="open", open=True
    )


@pytest.mark.parametrize("odd", [None, True, 5, "x", [], [1, None], {}, {"a": {"b": []}}, 1e300, -1])
@pytest.mark.parametrize("key", [key for key in load("conversation") if key != "id"])
def test_no_odd_value_costs_the_conversation(key: str, odd: Any):
    assert conversation(**{key: odd}).external_id == "9001"


@pytest.mark.parametrize("odd", [None, True, 5, "x", [], [1, None], {}, {"a": {"b": []}}, 1e300, -1])
@pytest.mark.parametrize("key", [key for key in part() if key != "id"])
def test_no_odd_value_costs_the_message(key: str, odd: Any):
    assert message(**{key: odd}).external_id == "12"


@pytest.mark.parametrize("odd", [None, True, 5, "x", [], [1, None], {}, {"a": {"b": []}}, 1e300, -1])
@pytest.mark.parametrize("key", list(source()))
def test_no_odd_value_costs_the_opening_message(key: str, odd: Any):
    assert conversation(source=source(**{key: odd})).messages[0].origin == "source"


@pytest.mark.parametrize("odd", [None, "x", 0, []])
def test_without_a_source_there_is_no_opening_message(odd: Any):
    found = conversation(source=odd)
    assert {each.origin for each in found.messages} == {"part"}
    assert (found.title, found.channel, found.delivered_as) == ("", "", "")
    assert found.preview == "We look into it."


def test_an_opening_message_without_an_id_is_named_after_its_conversation():
    assert conversation(source=source(id=None)).messages[0].external_id == "source:9001"


def test_a_redacted_opening_message_keeps_nothing_of_what_was_said():
    found = conversation(source=source(redacted="true"))
    opening = found.messages[0]
    assert (opening.html, opening.text, opening.attachments, opening.redacted) == ("", "", (), True)
    assert found.title == ""
    assert "invoice" not in found.preview


def test_a_redacted_part_keeps_nothing_of_what_was_said():
    found = message(redacted=True, body="<p>4111 1111</p>", attachments=[{"name": "card.png", "url": "https://x"}])
    assert (found.html, found.text, found.attachments, found.redacted) == ("", "", (), True)


@pytest.mark.parametrize("nobody", [0, "0", None, ""])
def test_nobody_and_no_team_are_assigned_by_zero_or_null(nobody: Any):
    found = conversation(admin_assignee_id=nobody, team_assignee_id=nobody)
    assert (found.assignee, found.team) == ("", "")
    assert conversation(admin_assignee_id="7", team_assignee_id=8).team == "8"


def test_a_title_of_its_own_comes_before_the_subject():
    assert conversation(title="  A <b>title</b>\n of two lines ").title == "A title of two lines"
    assert conversation(title=" ").title == "Invoice & VAT"


def test_a_preview_is_the_first_words_that_the_customer_can_see_and_no_more():
    assert conversation(source=source(body="")).preview == "We look into it."
    long = conversation(source=source(body="<p>" + "word " * 400 + "</p>")).preview
    assert len(long) <= 200
    assert long.endswith("word…")
    only_a_note = conversation(source=None, conversation_parts=parts(part(part_type="note")))
    assert only_a_note.preview == ""


@pytest.mark.parametrize(
    ("changes", "state", "is_open"),
    [
        ({"state": "open", "open": True}, "open", True),
        ({"state": "closed", "open": False}, "closed", False),
        ({"state": "snoozed", "open": True}, "snoozed", True),
        ({"state": "snoozed", "open": False}, "snoozed", True),
        ({"state": "closed", "open": True}, "closed", True),
        ({"state": None, "open": False}, "closed", False),
        ({"state": None, "open": "false"}, "closed", False),
        ({"state": None, "open": True}, "open", True),
        ({"state": None, "open": True, "snoozed_until": 1790009999}, "snoozed", True),
        ({"state": ..., "open": ...}, "open", True),
        ({"state": "Archived"}, "archived", True),
    ],
)
def test_a_state_is_told_or_follows_from_what_is(changes: dict[str, Any], state: str, is_open: bool):
    found = conversation(**changes)
    assert (found.state, found.open) == (state, is_open)


@pytest.mark.parametrize("kind", ["note", "note_and_reopen"])
def test_a_note_is_internal(kind: str):
    assert message(part_type=kind).internal


@pytest.mark.parametrize("kind", ["comment", "assignment", "open", "close", "note_of_tomorrow", None])
def test_everything_else_is_not(kind: str | None):
    assert not message(part_type=kind).internal


@pytest.mark.parametrize("mark", [{"from_ai_agent": "true"}, {"is_ai_answer": True}, {"is_ai_answer": 1}])
def test_an_answer_of_the_ai_is_known_as_one(mark: dict[str, Any]):
    assert message(author={"type": "admin", "id": None} | mark).author == Author(type="admin", from_ai=True)


def test_a_part_without_an_id_is_reported_and_the_others_are_kept():
    found = conversation(conversation_parts=parts(part(id=None), part(id="a/b"), 5, None, [1], part(id=3)))
    assert [each.external_id for each in found.messages] == ["source:4401", "3"]
    assert len(found.unreadable) == 5
    assert all(each.error and each.raw for each in found.unreadable)


def test_a_part_that_comes_twice_is_kept_once():
    found = conversation(conversation_parts=parts(part(id=3, body="old"), part(id="3", body="new")))
    assert [(each.external_id, each.text) for each in found.messages[1:]] == [("3", "new")]


def test_parts_without_times_keep_the_order_they_came_in():
    found = conversation(conversation_parts=parts(part(id=5, created_at=None), part(id=4)))
    assert [each.external_id for each in found.messages[1:]] == ["5", "4"]


def test_parts_and_tags_may_come_as_bare_lists_or_under_other_names():
    tag = {"type": "tag", "id": 9, "name": "x"}
    bare = conversation(conversation_parts=[part()], tags=[tag, 5, {"name": "no id"}], contacts=[{"id": "c9"}, "odd"])
    assert (len(bare.messages), bare.parts_total) == (2, None)
    assert bare.tags == (TagRecord(external_id="9", name="x"),)
    assert bare.contacts == ("c9",)
    data = conversation(tags={"data": [tag]}, contacts={"data": [{"id": "c9"}]})
    assert (data.tags, data.contacts) == (bare.tags, bare.contacts)
    assert conversation(tags={"tags": {"a": 1}, "data": "x"}).tags == ()
    assert message(tags={"tags": [tag]}).tags == bare.tags


@pytest.mark.parametrize(
    ("company", "ref"),
    [
        (None, None),
        ({}, None),
        ({"id": None, "name": "x"}, None),
        ({"id": 5, "company_id": 6}, CompanyRef(external_id="5", company_id="6")),
    ],
)
def test_a_conversation_has_one_company_or_none(company: Any, ref: CompanyRef | None):
    assert conversation(company=company).company == ref


def test_tickets_are_those_linked_and_the_one_it_is():
    assert conversation(ticket={"type": "ticket", "id": 8009}).linked_tickets == ("8001", "8009")
    assert conversation(linked_objects=None).linked_tickets == ()


def test_a_channel_stands_in_for_the_type_of_a_missing_source():
    assert conversation(source=None, channel={"initial": "messenger", "current": "email"}).channel == "messenger"
    assert conversation(source=None, channel={"current": "email"}).channel == "email"


def test_a_body_of_a_megabyte_is_kept_whole():
    body = "<p>" + "ä" * 500_000 + "</p>"
    found = message(body=body)
    assert (found.html, found.text) == (body, "ä" * 500_000)


def test_an_html_body_as_text_decodes_its_entities():
    assert message(body="<p>a &lt;b&gt; &amp; c</p><p>d</p>").text == "a <b> & c\nd"
