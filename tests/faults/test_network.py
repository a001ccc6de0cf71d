"""The limits of a request to Intercom, on production's clock: five seconds, twenty, thirty."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from integrations.errors import ProviderUnavailable
from integrations.intercom.sandbox.control import Sandbox
from tests.faults.proxy import Proxy
from tests.intercom.asking import client
from tests.intercom.scripted_server import Action, ScriptedServer, answer, dripping, silent

pytestmark = [pytest.mark.journey, pytest.mark.long]
GOOD = answer({"id": "1"})


def test_a_connection_that_is_never_accepted_is_given_up_after_five_seconds() -> None:
    with _full() as port:
        assert 4.5 < _given_up(f"http://127.0.0.1:{port}") < 6


def test_a_road_that_swallows_everything_is_given_up_after_twenty_seconds() -> None:
    with Sandbox(conversations=20) as intercom:
        road = Proxy(int(intercom.url.rpartition(":")[2]))
        road.swallow()
        assert 19.5 < _given_up(f"http://127.0.0.1:{road.port}") < 21
        road.close()


def test_silence_after_the_headers_is_given_up_after_twenty_seconds() -> None:
    assert 19.5 < _served(silent(GOOD[:60])) < 21


def test_a_byte_every_ten_seconds_is_given_up_after_thirty_and_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    assert 29.5 < _served(dripping(GOOD, every=10)) < 31
    assert threading.active_count() == before


def _served(action: Action) -> float:
    async def scenario() -> float:
        async with ScriptedServer([action]) as server:
            return await _ask(server.url)

    return asyncio.run(scenario())


def _given_up(url: str) -> float:
    return asyncio.run(_ask(url))


async def _ask(url: str) -> float:
    """How many seconds it took until the request was given up."""
    began = time.monotonic()
    async with client(url) as line:
        with pytest.raises(ProviderUnavailable) as caught:
            await line.me()
    assert caught.value.code == "timeout"
    return time.monotonic() - began


@contextmanager
def _full() -> Iterator[int]:
    """A port whose queue is full: whoever knocks hears nothing."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for one in waiting:
            one.close()
