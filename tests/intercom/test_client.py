"""What the client sends, and that it can send nothing else."""

import asyncio
import inspect
import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from integrations.errors import CredentialRejected, ProviderError, UnreadableObject
from integrations.intercom.client import IntercomClient
from integrations.intercom.regions import Origin
from integrations.intercom.source import IntercomSource
from integrations.providers import Range
from sonora.core.secret import SecretStr
from tests.intercom.asking import TOKEN, ask, client
from tests.intercom.scripted_server import ScriptedServer, answer, html, refusal, resetting

QUERY = {"field": "updated_at", "operator": ">", "value": 0}
CALLS: dict[str, tuple[Callable[[IntercomClient], Awaitable[Any]], str, str]] = {
    "me": (lambda it: it.me(), "GET", "/me"),
    "admins": (lambda it: it.admins(), "GET", "/admins"),
    "teams": (lambda it: it.teams(), "GET", "/teams"),
    "tags": (lambda it: it.tags(), "GET", "/tags"),
    "companies": (lambda it: it.companies(page=2), "POST", "/companies/list?page=2&per_page=60"),
    "companies_scroll": (
        lambda it: it.companies_scroll(scroll_param="a b"),
        "GET",
        "/companies/scroll?scroll_param=a+b",
    ),
    "contacts": (
        lambda it: it.contacts(per_page=150, starting_after="W1=="),
        "GET",
        "/contacts?per_page=150&starting_after=W1%3D%3D",
    ),
    "search_contacts": (lambda it: it.search_contacts(QUERY, per_page=1), "POST", "/contacts/search"),
    "contact": (lambda it: it.contact("a1"), "GET", "/contacts/a1"),
    "contact_companies": (
        lambda it: it.contact_companies("a1", page=1),
        "GET",
        "/contacts/a1/companies?page=1&per_page=50",
    ),
    "contact_tags": (lambda it: it.contact_tags("a1"), "GET", "/contacts/a1/tags"),
    "search_conversations": (lambda it: it.search_conversations(QUERY, per_page=1), "POST", "/conversations/search"),
    "conversation": (lambda it: it.conversation("7"), "GET", "/conversations/7"),
    "deleted_conversations": (
        lambda it: it.deleted_conversations(page=1),
        "GET",
        "/conversations/deleted?page=1&per_page=60&order=desc",
    ),
}


def test_every_method_is_listed_here():
    public = {name for name, _ in inspect.getmembers(IntercomClient, inspect.isfunction) if not name.startswith("_")}
    assert public == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_method_sends_one_request_that_only_reads(name: str):
    call, method, target = CALLS[name]

    async def scenario() -> list[Any]:
        async with ScriptedServer([answer({})]) as server, client(server.url) as line:
            await call(line)
            return server.received

    (request,) = asyncio.run(scenario())
    assert (request.method, request.target) == (method, target)
    assert request.method == "GET" or request.target.partition("?")[0].endswith(("/search", "/companies/list"))
    expected = {
        "authorization": f"Bearer {TOKEN}",
        "accept": "application/json",
        "accept-encoding": "gzip, deflate",
        "intercom-version": "2.16",
        "user-agent": "Sonora/0.1 (read-only)",
    }
    assert {name: request.headers[name] for name in expected} == expected
    assert request.headers.get("content-type") == ("application/json" if method == "POST" else None)
    if method == "POST":
        assert isinstance(request.json, dict)


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/conversations"),
        ("POST", "/contacts/1/tags"),
        ("POST", "/conversations/7/reply?x=/search"),
        ("POST", "/companies/list/x"),
        ("POST", "/conversations/search/x"),
        ("POST", "/conversations/7/search"),
        ("PUT", "/contacts/1"),
        ("PATCH", "/contacts/search"),
        ("DELETE", "/contacts/1"),
        ("get", "/me"),
    ],
)
def test_a_request_that_could_change_something_is_never_sent(method: str, target: str):
    async def scenario() -> int:
        async with ScriptedServer([answer({})]) as server, client(server.url) as line:
            with pytest.raises(ValueError, match="only reads"):
                await line._send(method, target, b"{}")
            return len(server.received)

    assert asyncio.run(scenario()) == 0


@pytest.mark.parametrize("odd", ["", "../../me", "a/b", "a?b", "a b", "a\r\nX: 1", '{"$ne":1}', "x" * 65, "ä"])
@pytest.mark.parametrize("call", ["contact", "contact_tags", "conversation"])
def test_an_id_that_is_none_never_enters_a_path(odd: str, call: str):
    async def scenario() -> int:
        async with ScriptedServer([answer({})]) as server, client(server.url) as line:
            with pytest.raises(UnreadableObject):
                await getattr(line, call)(odd)
            return len(server.received)

    assert asyncio.run(scenario()) == 0


def test_a_search_carries_its_cursor_in_the_body():
    _, (first, second) = ask(
        answer({"conversations": []}),
        call=lambda it: asyncio.gather(
            it.search_conversations(Range(field="updated_at", lo=1, hi=None), cursor="W1==", size=20),
            it.contacts_changed(0, time_zone="UTC", cursor="W2=="),
            return_exceptions=True,
        ),
    )
    bodies = {request.target: request.json["pagination"] for request in (first, second)}
    assert bodies == {
        "/conversations/search": {"per_page": 20, "starting_after": "W1=="},
        "/contacts/search": {"per_page": 150, "starting_after": "W2=="},
    }


def test_another_version_is_asked_for_when_it_is_told():
    async def scenario() -> str:
        async with ScriptedServer([answer({})]) as server, client(server.url, version="2.13") as line:
            await line.me()
            return server.received[0].headers["intercom-version"]

    assert asyncio.run(scenario()) == "2.13"


@pytest.mark.parametrize("token", ["short", "tök" * 10, "a\r\nX-Evil: 1" * 3, ""])
def test_a_stored_token_that_is_none_is_refused_before_anything_is_sent(token: str):
    with pytest.raises(CredentialRejected) as caught:
        client("http://127.0.0.1:1", token=token)
    assert token == "" or token not in "".join(traceback.format_exception(caught.value))


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    _, received = ask(answer({"id": "1"}), call=lambda it: it.identity())
    assert len(received) == 1


@pytest.mark.parametrize(
    "entry",
    [refusal(401, "unauthorized", f"Access Token {TOKEN} Invalid"), refusal(400, TOKEN), html(503), resetting()],
)
def test_no_error_shows_the_token_or_the_request(entry: Any, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)

    async def call(source: IntercomSource) -> Any:
        return await source.conversation("7")

    with pytest.raises(ProviderError) as caught:
        ask(entry, call=call)
    problem: BaseException | None = caught.value
    seen = [caplog.text, *(str(value) for value in vars(caught.value).values())]
    while problem is not None:
        assert not isinstance(problem, httpx.HTTPError)
        assert not hasattr(problem, "request")
        seen.append(repr(problem))
        problem = problem.__context__
    assert TOKEN not in "".join(seen)


def test_the_client_and_its_source_do_not_show_the_token():
    line = IntercomClient(SecretStr(TOKEN), Origin(base_url="https://api.intercom.io"), version="2.16")
    assert TOKEN not in repr(line)
    assert TOKEN not in str(vars(line)["_transport"])


def test_a_transport_of_httpx_can_stand_in_for_the_network():
    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"path": request.url.path})

    async def scenario() -> bytes:
        transport = httpx.MockTransport(handler)
        origin = Origin(base_url="https://api.intercom.io")
        async with IntercomClient(SecretStr(TOKEN), origin, version="2.16", transport=transport) as line:
            return (await line.me()).body

    assert asyncio.run(scenario()) == b'{"path":"/me"}'
