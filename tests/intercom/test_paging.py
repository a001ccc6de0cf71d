from typing import Any

import msgspec
import pytest

from integrations.errors import BadResponse
from integrations.intercom import paging
from integrations.intercom.payloads import Envelope

EVIL = "https://evil.example/contacts"


def envelope(following: Any = None, **more: Any) -> Envelope:
    return msgspec.convert({"pages": {"next": following}} | more, Envelope)


@pytest.mark.parametrize(
    ("following", "cursor"),
    [
        ({"page": 2, "starting_after": "WzE3MDAw=="}, "WzE3MDAw=="),
        ({"per_page": 5, "starting_after": "abc"}, "abc"),
        ({"starting_after": 17}, "17"),
        ("WzE3/+MDAw==", "WzE3/+MDAw=="),
        (f"{EVIL}?per_page=2&starting_after=abc%3D", "abc="),
        ("?starting_after=abc", "abc"),
        (None, ""),
        ("", ""),
        ({}, ""),
    ],
)
def test_of_the_next_page_only_the_cursor_is_taken(following: Any, cursor: str):
    assert paging.next_cursor(envelope(following)) == cursor


@pytest.mark.parametrize(
    "following",
    [
        {"page": 2},
        {"starting_after": None},
        {"starting_after": [1]},
        EVIL,
        "http://[bad",
        True,
        {"starting_after": "x" * 5000},
    ],
)
def test_a_next_page_that_cannot_be_asked_for_is_no_last_page(following: Any):
    with pytest.raises(BadResponse) as caught:
        paging.next_cursor(envelope(following))
    assert caught.value.code == "no_cursor"


@pytest.mark.parametrize(
    ("following", "number"),
    [
        (f"{EVIL}/notes?per_page=2&page=4", "4"),
        ({"page": 4}, "4"),
        (4, "4"),
        ("4", "4"),
        (f"{EVIL}?per_page=2", "4"),
        (f"{EVIL}?page=3", "4"),
        (f"{EVIL}?page=-9", "4"),
        (None, ""),
        ("", ""),
    ],
)
def test_of_a_numbered_list_only_the_number_is_taken_and_it_grows(following: Any, number: str):
    assert paging.next_number(envelope(following), page=3) == number


@pytest.mark.parametrize("pages", [None, [], "x", 5, {"type": "pages"}])
def test_pages_of_another_shape_name_no_next_page(pages: Any):
    found = msgspec.convert({"pages": pages}, Envelope)
    assert paging.next_cursor(found) == ""
    assert paging.next_number(found, page=1) == ""


def test_a_scroll_goes_on_until_a_page_is_empty_though_its_cursor_never_changes():
    full = {"data": [msgspec.Raw(b"{}")], "pages": None}
    assert paging.next_scroll(envelope(scroll_param="s1", **full), before="s1") == "s1"
    assert paging.next_scroll(envelope(**full), before="s1") == "s1"
    assert paging.next_scroll(envelope(scroll_param="s1", data=[]), before="s1") == ""
    with pytest.raises(BadResponse):
        paging.next_scroll(envelope(**full), before="")


@pytest.mark.parametrize(("cursor", "page"), [("", 1), ("3", 3), ("0", 1), ("-1", 1), ("x", 1)])
def test_a_cursor_of_a_numbered_list_is_its_page(cursor: str, page: int):
    assert paging.page_number(cursor) == page
