"""Ask a scripted server through the real client and source."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from integrations.errors import ProviderError
from integrations.intercom.client import IntercomClient
from integrations.intercom.links import Links
from integrations.intercom.regions import Origin
from integrations.intercom.source import IntercomSource
from integrations.sync.budget import Budget
from integrations.sync.budget.turns import Free
from sonora.core.secret import SecretStr
from tests.intercom.scripted_server import Action, Received, ScriptedServer

TOKEN = "dG9rOnRlc3RfdG9rZW5fbm90X3JlYWw="  # a made-up one
R = TypeVar("R")


def client(url: str, *, version: str = "2.16", token: str = TOKEN) -> IntercomClient:
    return IntercomClient(SecretStr(token), Origin(base_url=url, extra=True), version=version)


def uncounted(region: str, app_id: str) -> Budget:
    """Who asks without any limit."""
    return Budget(Free())


def ask(
    *script: bytes | Action, call: Callable[[IntercomSource], Awaitable[R]], links: Links | None = None
) -> tuple[R, list[Received]]:
    """What *call* gives when the server answers with *script*, and the requests that the server received."""

    async def scenario() -> tuple[R, list[Received]]:
        async with ScriptedServer(list(script)) as server, client(server.url) as line:
            return await call(IntercomSource(line, links=links or Links("us", "app1"))), server.received

    return asyncio.run(scenario())


def refused(*script: bytes | Action, call: Callable[[IntercomSource], Awaitable[Any]]) -> ProviderError:
    """The error that *call* ends with."""
    with pytest.raises(ProviderError) as caught:
        ask(*script, call=call)
    return caught.value
