"""Bytes of an answer → payloads."""

import json
from typing import Any

import pytest

from integrations.errors import BadResponse, UnreadableObject
from integrations.intercom import mapper, payloads, reading
from integrations.intercom.links import Links

NO_JSON = {
    "empty": b"",
    "blank": b"  \n",
    "html": b"<html><body>Be right back</body></html>",
    "cut off": b'{"id": "7", "title": "x',
    "not a number": b'{"id": NaN}',
    "infinity": b'{"id": Infinity}',
    "mark in front": b'\xef\xbb\xbf{"id": "7"}',
    "two values": b'{"id": "7"}{"id": "8"}',
    "utf-16": '{"id": "7"}'.encode("utf-16"),
    "list": b"[]",
    "null": b"null",
    "number": b"5",
    "text": b'"x"',
    "a hundred thousand deep": b'{"id": "7", "title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep and unused": b'{"id": "7", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep from the start": b"[" * 100_000 + b"]" * 100_000,
    "a control character": b'{"id": "7", "title": "\x00"}',
}
HUGE = b"1" * 5000


@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_json_object_is_a_bad_response(body: bytes):
    with pytest.raises(BadResponse):
        reading.conversation(body, external_id="7")
    with pytest.raises(BadResponse):
        reading.page(body, payloads.Contact, "data")
    with pytest.raises(BadResponse):
        reading.single(body, payloads.Me)
    assert reading.faults(body) is None


def test_one_object_in_another_encoding_is_a_bad_response():
    with pytest.raises(BadResponse) as caught:
        reading.conversation('{"id": "7", "title": "tök"}'.encode("latin-1"), external_id="7")
    assert caught.value.code == "not_utf8"


@pytest.mark.parametrize("held", [b"", b'"data": null', b'"data": {}', b'"data": "x"', b'"contacts": []'])
def test_an_answer_without_its_list_does_not_pass_for_an_empty_page(held: bytes):
    with pytest.raises(BadResponse) as caught:
        reading.page(b"{" + held + b"}", payloads.Contact, "data")
    assert caught.value.code == "no_list"


def test_a_list_is_found_under_any_of_its_names():
    for body in (b'{"conversations": [{"id": 1}]}', b'{"data": [{"id": 1}], "conversations": null}'):
        assert reading.page(body, payloads.SeenConversation, "conversations", "data").rows[0].id == 1


def test_one_bad_object_does_not_cost_its_page():
    good = json.dumps({"id": "c1", "name": "Ana"}).encode()
    bad = b'{"id": "c2", "name": ' + HUGE + b"}"
    page = reading.page(
        b'{"data": [' + b",".join([good, bad, b"5", b"null", b'{"id": ' + HUGE + b"}", good]) + b"]}",
        payloads.Contact,
        "data",
    )
    assert [row.id for row in page.rows] == ["c1", "c1"]
    assert [each.external_id for each in page.unreadable] == ["c2", "", "", ""]
    assert page.unreadable[0].raw == bad
    assert "111" not in page.unreadable[0].error


def test_an_object_in_another_encoding_costs_only_itself():
    page = reading.page(b'{"data": [{"id": "c1", "name": "\xff"}, {"id": "c2"}]}', payloads.Contact, "data")
    assert [row.id for row in page.rows] == ["c2"]
    assert (page.unreadable[0].external_id, page.unreadable[0].error) == ("c1", "A text in it is not UTF-8.")


def test_a_page_with_an_odd_number_is_a_bad_response():
    with pytest.raises(BadResponse):
        reading.page(b'{"data": [], "total_count": ' + HUGE + b"}", payloads.Contact, "data")


def test_a_number_too_long_to_read_makes_one_object_unreadable_and_keeps_its_bytes():
    body = b'{"id": "7", "title": ' + HUGE + b"}"
    with pytest.raises(UnreadableObject) as caught:
        reading.conversation(body, external_id="7")
    assert (caught.value.external_id, caught.value.raw) == ("7", body)


def test_a_number_too_long_to_read_where_nobody_looks_costs_nothing():
    assert reading.single(b'{"id": "7", "unused": ' + HUGE + b"}", payloads.Contact).id == "7"


@pytest.mark.parametrize("wrapped", [True, False])
def test_one_bad_part_does_not_cost_its_conversation(wrapped: bool):
    good = b'{"id": 1, "part_type": "comment", "body": "<p>hi</p>"}'
    bad = b'{"id": 2, "body": ' + HUGE + b"}"
    held = b"[" + good + b"," + bad + b", 5]"
    if wrapped:
        held = b'{"conversation_parts": ' + held + b', "total_count": 3}'
    body = b'{"id": "7", "title": "T", "conversation_parts": ' + held + b"}"
    payload, broken = reading.conversation(body, external_id="7")
    found = mapper.conversation(payload, links=Links(), broken=broken)
    assert (found.title, [each.text for each in found.messages]) == ("T", ["hi"])
    assert [(each.external_id, each.raw) for each in found.unreadable] == [("2", bad), ("", b"5")]
    assert found.parts_total == (3 if wrapped else None)


def test_a_conversation_that_is_bad_beside_its_odd_parts_is_unreadable():
    with pytest.raises(UnreadableObject):
        reading.conversation(b'{"id": "7", "title": ' + HUGE + b', "conversation_parts": 5}', external_id="7")


def test_a_conversation_whose_parts_are_no_list_is_still_read_in_pieces():
    body = b'{"id": "7", "conversation_parts": {"conversation_parts": {"a": ' + HUGE + b"}}}"
    with pytest.raises(UnreadableObject):
        reading.conversation(body, external_id="7")
    payload, broken = reading.conversation(b'{"id": "7", "conversation_parts": 5}', external_id="7")
    assert (payload.id, list(broken)) == ("7", [])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (rb"a\u0000b", "a\ufffdb"),
        (rb"a\ud800b", "a\ufffdb"),
        (rb"a\uD83D", "a\ufffd"),
        (rb"a\udc00b", "a\ufffdb"),
        (rb"\ud800\ud800", "\ufffd\ufffd"),
        (rb"\ud83d\ude00", "\U0001f600"),
        (rb"\ud83d\ude00\ude00", "\U0001f600\ufffd"),
        (rb"\ud83d\u0041", "\ufffdA"),
        (rb"\\ud800 \ud800", "\\ud800 \ufffd"),
        (rb"\\u0000", "\\u0000"),
        (rb"\\\u0000", "\\\ufffd"),
        (rb"\u00e4", "ä"),
        (b"a\xed\xa0\x80b \\ud800", "a\ufffdb \ufffd"),
        ("ä€😀".encode() + rb"\u0000", "ä€😀\ufffd"),
    ],
)
def test_a_nul_or_half_a_pair_becomes_a_replacement_character_and_nothing_else_changes(written: bytes, kept: str):
    body = b'{"id": "7", "title": "' + written + b'", "unused": "\\ud800"}'
    payload, _ = reading.conversation(body, external_id="7")
    assert payload.title == kept
    page = reading.page(b'{"data": [' + body + b"]}", payloads.Conversation, "data")
    assert page.rows[0].title == kept


def test_a_nul_alone_is_replaced_too():
    payload, _ = reading.conversation(rb'{"id": "7", "title": "a\u0000b"}', external_id="7")
    assert payload.title == "a\ufffdb"


def test_a_text_to_repair_beside_a_number_too_long_makes_one_object_unreadable():
    with pytest.raises(UnreadableObject):
        reading.conversation(b'{"id": "7", "priority": "\\ud800", "title": ' + HUGE + b"}", external_id="7")


def test_the_last_of_two_equal_keys_counts():
    assert reading.single(b'{"id": "7", "id": "8"}', payloads.Contact).id == "8"


def test_of_a_huge_unreadable_object_only_the_beginning_is_kept():
    body = b'{"id": "7", "title": ' + HUGE + b', "x": "' + b"x" * 3_000_000 + b'"}'
    with pytest.raises(UnreadableObject) as caught:
        reading.single(body, payloads.Conversation, external_id="7")
    assert len(caught.value.raw) == 1_000_000


@pytest.mark.parametrize("body", [b"{}", b'{"errors": null}', b'{"errors": {}}', b'{"errors": ' + HUGE + b"}"])
def test_an_error_without_a_list_is_none(body: bytes):
    assert reading.faults(body) is None


def test_an_error_list_is_read(tmp_path: Any):
    found = reading.faults(b'{"type": "error.list", "request_id": null, "errors": [{"code": "x", "message": null}]}')
    assert found is not None
    assert isinstance(found.errors, list)
