"""Intercom as the core sees it."""

import asyncio
import threading
from typing import Any

import pytest

from integrations.checks import NotUsable
from integrations.errors import RequestRefused
from integrations.intercom.provider import IntercomProvider
from integrations.providers import Access, Provider, Source, provider_named
from sonora.core.secret import SecretStr
from tests.intercom.asking import TOKEN, uncounted
from tests.intercom.scripted_server import ScriptedServer, answer
from tests.payloads import load

REGIONAL = ["https://api.intercom.io", "https://api.eu.intercom.io", "https://api.au.intercom.io"]


def test_the_settings_name_it():
    provider: Provider = provider_named("intercom")
    assert isinstance(provider, IntercomProvider)
    assert (provider.name, provider.title) == ("intercom", "Intercom")


def test_it_may_be_connected_to_at_three_addresses_and_those_of_the_settings(settings: Any):
    provider = IntercomProvider()
    assert provider.base_urls() == REGIONAL
    assert [(choice.key, choice.title) for choice in provider.regions()] == [
        ("us", "United States"),
        ("eu", "Europe"),
        ("au", "Australia"),
    ]
    settings.INTERCOM_EXTRA_BASE_URLS = ["eu=http://127.0.0.1:9001", "http://127.0.0.1:9002"]
    assert provider.base_urls() == [*REGIONAL, "http://127.0.0.1:9001", "http://127.0.0.1:9002"]
    assert [(choice.key, choice.title) for choice in provider.regions()][3:] == [
        ("eu", "Europe (127.0.0.1:9001)"),
        ("", "Other (127.0.0.1:9002)"),
    ]
    assert provider.region_of("http://127.0.0.1:9001") == "eu"
    assert provider.region_of("https://elsewhere.example") == ""


def test_what_is_typed_becomes_a_token_and_an_address_or_a_sentence():
    provider = IntercomProvider()
    assert provider.clean_token(f" Bearer {TOKEN} ").reveal() == TOKEN
    assert provider.parse_base_url("api.au.intercom.io/") == "https://api.au.intercom.io"
    for wrong in (lambda: provider.clean_token("x"), lambda: provider.parse_base_url("https://evil.example")):
        with pytest.raises(NotUsable):
            wrong()


def opened(settings: Any, *, named: str = "", **known: str) -> tuple[str, str]:
    async def scenario() -> tuple[str, str]:
        async with ScriptedServer([answer({"id": "7"})]) as server:
            settings.INTERCOM_EXTRA_BASE_URLS = [f"{named}{server.url}"]
            access = Access(token=SecretStr(TOKEN), base_url=server.url, **known)
            async with IntercomProvider().open(access) as source:
                line: Source = source
                url = (await line.conversation("7")).value.url
            return url, server.received[0].headers["intercom-version"]

    return asyncio.run(scenario())


def test_a_source_knows_the_region_and_workspace_that_were_found_before(settings: Any):
    settings.INTERCOM_API_VERSION = "2.15"
    url, version = opened(settings, app_id="wsp1", region="au")
    assert url == "https://app.au.intercom.com/a/inbox/wsp1/inbox/conversation/7"
    assert version == "2.15"


def test_the_region_of_an_address_comes_first(settings: Any):
    url, _ = opened(settings, named="eu=", app_id="wsp1", region="au")
    assert url.startswith("https://app.eu.intercom.com/")


def test_an_address_that_is_not_allowed_any_more_is_refused_in_words():
    async def scenario() -> Any:
        async with IntercomProvider().open(Access(token=SecretStr(TOKEN), base_url="http://127.0.0.1:9001")):
            pass

    with pytest.raises(RequestRefused) as caught:
        asyncio.run(scenario())
    assert caught.value.code == "base_url"


def test_a_check_asks_at_the_address(settings: Any):
    ready, found, loops = threading.Event(), [], []
    stop = asyncio.Event()

    async def serve() -> None:
        everything = load("me") | {"data": [], "admins": [], "conversations": [], "total_count": 0}
        async with ScriptedServer([answer(everything)]) as server:
            found.append(server)
            loops.append(asyncio.get_running_loop())
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait(5)
    settings.INTERCOM_EXTRA_BASE_URLS = [found[0].url]
    try:
        result = IntercomProvider().check(Access(token=SecretStr(TOKEN), base_url=found[0].url), uncounted)
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join()
    assert (result.outcome, result.identity.app_name) == ("ready", "Northwind")
    assert len(found[0].received) == 6
