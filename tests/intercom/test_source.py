"""The source: one request each, pages and single objects as records."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from integrations import errors
from integrations.errors import ProviderError
from integrations.intercom.links import Links
from integrations.intercom.source import IntercomSource
from integrations.providers import Range
from integrations.records import Rate
from tests.intercom.asking import ask, refused
from tests.intercom.scripted_server import answer
from tests.payloads import load

ALL = Range(field="updated_at", lo=None, hi=None)
PAGES: dict[str, tuple[Callable[[IntercomSource], Awaitable[Any]], str, dict[str, Any]]] = {
    "teammates": (lambda it: it.teammates(), "admins", {"id": "5", "name": "Sam"}),
    "teams": (lambda it: it.teams(), "teams", {"id": 6, "name": "Support"}),
    "tags": (lambda it: it.tags(), "data", {"id": "7", "name": "vip"}),
    "companies": (lambda it: it.companies(), "data", load("company")),
    "companies by scroll": (lambda it: it.companies_scroll(), "data", load("company")),
    "contacts": (lambda it: it.contacts(), "data", load("contact")),
    "contacts changed": (lambda it: it.contacts_changed(5, time_zone="UTC"), "data", load("contact")),
    "companies of a contact": (lambda it: it.contact_companies("c1"), "data", load("company")),
    "tags of a contact": (lambda it: it.contact_tags("c1"), "data", {"id": "7", "name": "vip"}),
    "conversations": (lambda it: it.search_conversations(ALL), "conversations", load("conversation")),
    "deletions": (lambda it: it.deletions(), "conversations", {"id": "9", "deleted_at": 1790000000}),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_its_good_objects_its_bad_ones_and_the_total(name: str):
    call, key, item = PAGES[name]
    body = {key: [item, {"id": "a/b"}, 5, item], "total_count": "17", "scroll_param": "s1"}
    found, received = ask(answer(body), call=call)
    assert len(received) == 1
    assert [row.external_id for row in found.value.rows] == [str(item["id"])]
    assert len(found.value.unreadable) == 2
    assert found.value.total == 17


@pytest.mark.parametrize("name", PAGES)
def test_an_answer_tells_the_rate_and_intercoms_clock(name: str):
    call, key, item = PAGES[name]
    reset = int(time.time()) + 5
    told = {"X-RateLimit-Limit": "1667", "X-RateLimit-Remaining": "7", "X-RateLimit-Reset": str(reset)}
    found, _ = ask(answer({key: [item], "scroll_param": "s1"}, headers=told), call=call)
    assert found.rate == Rate(limit=1667, remaining=7, reset=reset)
    assert abs(found.at - time.time()) < 5


@pytest.mark.parametrize("date", ["", "garbled"])
def test_without_a_date_the_answer_has_no_time(date: str):
    found, _ = ask(answer({"data": []}, headers={"Date": date}), call=lambda it: it.tags())
    assert found.at is None


@pytest.mark.parametrize("name", PAGES)
def test_an_answer_that_is_no_page_tells_the_rate_and_time_all_the_same(name: str):
    told = {"X-RateLimit-Remaining": "0", "X-Request-Id": "r1"}
    problem = refused(answer({"ok": True}, headers=told), call=PAGES[name][0])
    assert isinstance(problem, errors.BadResponse)
    assert problem.rate == Rate(remaining=0)
    assert (problem.status, problem.request_id) == (200, "r1")
    assert problem.at is not None


def test_of_two_objects_with_one_id_the_newer_is_kept():
    old, new = ({"id": "7", "updated_at": at} for at in (1790000000, 1790000001))
    for rows in ([old, new], [new, old]):
        found, _ = ask(answer({"conversations": rows}), call=lambda it: it.search_conversations(ALL))
        assert [row.updated_at for row in found.value.rows] == [1790000001]


@pytest.mark.parametrize(
    ("call", "key", "following", "cursor"),
    [
        (lambda it: it.contacts(), "data", {"starting_after": "abc"}, "abc"),
        (lambda it: it.contacts_changed(5, time_zone="UTC"), "data", {"starting_after": "abc"}, "abc"),
        (lambda it: it.search_conversations(ALL), "conversations", {"starting_after": "abc"}, "abc"),
        (lambda it: it.companies("2"), "data", "https://evil.example/companies/list?page=3", "3"),
        (lambda it: it.contact_companies("c1"), "data", "https://evil.example/x?page=2", "2"),
        (lambda it: it.deletions(4), "conversations", "https://evil.example/x?page=5", "5"),
        (lambda it: it.tags(), "data", {"starting_after": "abc"}, ""),
    ],
)
def test_a_page_names_the_cursor_of_the_next(call: Any, key: str, following: Any, cursor: str):
    found, received = ask(answer({key: [], "pages": {"next": following}}), call=call)
    assert found.value.next == cursor
    assert len(received) == 1


def test_cursors_are_sent_back():
    async def call(source: IntercomSource) -> None:
        await source.contacts("W1=", size=20)
        await source.companies("3")
        await source.companies_scroll("s1")
        await source.contact_companies("c1", "2")
        await source.deletions(2)

    _, received = ask(answer({"data": [], "conversations": []}), call=call)
    assert [request.target for request in received] == [
        "/contacts?per_page=20&starting_after=W1%3D",
        "/companies/list?page=3&per_page=60",
        "/companies/scroll?scroll_param=s1",
        "/contacts/c1/companies?page=2&per_page=50",
        "/conversations/deleted?page=2&per_page=60&order=desc",
    ]


def test_a_conversation_comes_with_its_messages_and_its_link():
    found, received = ask(answer(load("conversation")), call=lambda it: it.conversation("9001"))
    assert len(found.value.messages) == 6
    assert found.value.url == "https://app.intercom.com/a/inbox/wsp1/inbox/conversation/9001"
    assert received[0].target == "/conversations/9001"


def test_a_conversation_tells_how_large_its_answer_was():
    sizes = [
        ask(answer({"id": "7", "title": "x" * n}), call=lambda it: it.conversation("7"))[0].size for n in (1, 1001)
    ]
    assert sizes[0] > 10
    assert sizes[1] == sizes[0] + 1000


def test_a_link_names_the_workspace_that_identity_told():
    async def call(source: IntercomSource) -> str:
        await source.identity()
        return (await source.conversation("7")).value.url

    url, _ = ask(answer(load("me")), answer({"id": 7}), call=call, links=Links())
    assert url == "https://app.eu.intercom.com/a/inbox/wsp1/inbox/conversation/7"


def test_what_was_known_before_identity_stays():
    async def call(source: IntercomSource) -> str:
        await source.identity()
        return (await source.conversation("7")).value.url

    url, _ = ask(answer(load("me")), answer({"id": 7}), call=call, links=Links("au", "mine"))
    assert url == "https://app.au.intercom.com/a/inbox/mine/inbox/conversation/7"


@pytest.mark.parametrize("body", [{"id": "8"}, {"id": None}, {"id": {"$ne": 1}}, {}])
def test_another_conversation_than_was_asked_for_is_a_dead_letter_with_its_id(body: Any):
    problem = refused(answer(body), call=lambda it: it.conversation("7"))
    assert isinstance(problem, errors.UnreadableObject)
    assert (problem.external_id, problem.status) == ("7", 200)
    assert problem.raw


def test_a_contact_is_asked_for_by_its_id():
    found, received = ask(answer(load("contact")), call=lambda it: it.contact("65a1"))
    assert (found.value.name, received[0].target) == ("Ines Duarte", "/contacts/65a1")


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"[]", b"{", b'{"id": NaN}', b"\xef\xbb\xbf{}", b"[" * 100_000, b'{"type": "list"}']
)
def test_a_good_status_with_a_bad_body_is_a_bad_response(body: bytes):
    problem: ProviderError = refused(answer(raw=body), call=lambda it: it.contacts())
    assert type(problem) is errors.BadResponse
    assert problem.status == 200
