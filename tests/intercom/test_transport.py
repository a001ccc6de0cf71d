"""The network at its worst: each fault ends in time, as one of our errors, and the next request works."""

import asyncio
import gzip
import time
from collections.abc import Callable
from contextlib import suppress
from typing import cast

import httpx
import pytest

from integrations import errors
from integrations.errors import ProviderError
from integrations.intercom import client as client_module
from integrations.intercom import connection, transport
from tests.intercom.asking import client
from tests.intercom.scripted_server import (
    Action,
    ScriptedServer,
    answer,
    closing,
    dripping,
    endless,
    resetting,
    silent,
)

GOOD = answer({"id": "1"})
HALF = GOOD[:-5]
SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_the_limits_are_those_that_were_promised():
    assert (transport.CONNECT_TIMEOUT, connection.READ_TIMEOUT, client_module.WHOLE_REQUEST) == (5, 20, 30)
    assert (connection.LARGEST_BODY, transport.IN_FLIGHT) == (20 * 2**20, 24)


def failing(*script: bytes | Action, then_works: bool = True) -> tuple[ProviderError, float]:
    """The error of the first request, and how long it took; the second must work."""

    async def scenario() -> tuple[ProviderError, float]:
        async with ScriptedServer([*script, GOOD]) as server, client(server.url) as line:
            started = time.monotonic()
            with pytest.raises(ProviderError) as caught:
                await line.me()
            took = time.monotonic() - started
            if then_works:
                assert (await line.me()).body == b'{"id": "1"}'
            return caught.value, took

    return asyncio.run(scenario())


UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
TWO_LENGTHS = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"
UNAVAILABLE, BAD = errors.ProviderUnavailable, errors.BadResponse
BROKEN = [
    pytest.param(closing(), UNAVAILABLE, "reset", id="closed"),
    pytest.param(resetting(), UNAVAILABLE, "reset", id="reset"),
    pytest.param(resetting(HALF), UNAVAILABLE, "reset", id="reset half-way"),
    pytest.param(closing(HALF), BAD, "truncated", id="cut off"),
    pytest.param(closing(GOOD[:20]), BAD, "truncated", id="cut in the head"),
    pytest.param(closing(CHUNKED + b"5\r\nhel"), BAD, "truncated", id="cut in a chunk"),
    pytest.param(b"not http at all\r\n\r\n", BAD, "truncated", id="no http"),
    pytest.param(TWO_LENGTHS, BAD, "truncated", id="two lengths"),
    pytest.param(UPGRADE, BAD, "truncated", id="upgrade"),
    pytest.param(CHUNKED + b"zz\r\nhello\r\n", BAD, "truncated", id="bad chunk"),
]


@pytest.mark.parametrize(("fault", "kind", "code"), BROKEN)
def test_a_broken_connection_is_told_and_the_next_request_has_a_new_one(
    fault: bytes | Action, kind: type[ProviderError], code: str
):
    problem, _ = failing(fault)
    assert (type(problem), problem.code) == (kind, code)


def test_silence_before_or_after_the_headers_ends_by_the_read_timeout(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connection, "READ_TIMEOUT", 0.2)
    for first in (b"", GOOD[:60], HALF):
        problem, took = failing(silent(first))
        assert (type(problem), problem.code) == (errors.ProviderUnavailable, "timeout")
        assert took < 15  # the limit of the whole request is longer


def test_an_answer_that_drips_ends_by_the_limit_of_the_whole_request(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client_module, "WHOLE_REQUEST", 0.6)
    problem, took = failing(dripping(GOOD, every=0.2))  # half a minute for the whole of it
    assert (type(problem), problem.code) == (errors.ProviderUnavailable, "timeout")
    assert 0.5 < took < 15


def test_an_answer_that_drips_in_time_is_read():
    async def scenario() -> bytes:
        async with ScriptedServer([dripping(GOOD, every=0.001)]) as server, client(server.url) as line:
            return (await line.me()).body

    assert asyncio.run(scenario()) == b'{"id": "1"}'


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", b" " * 2**20),
        (CHUNKED, b"10000\r\n" + b" " * 65536 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 2**20),
        (b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"x" * 60000 + b"\r\n"),
    ],
    ids=["length", "chunks", "until closed", "headers"],
)
def test_an_endless_answer_is_cut_at_twenty_megabytes(first: bytes, more: bytes):
    problem, _ = failing(endless(first, more))
    assert (type(problem), problem.code) in {
        (errors.BadResponse, "too_large"),
        (errors.BadResponse, "truncated"),  # the parser has a limit of its own for headers
    }


def test_a_bomb_is_a_bad_response():
    bomb = answer(raw=gzip.compress(b"0" * (64 * 2**20)), headers={"Content-Encoding": "gzip"})
    problem, _ = failing(bomb)
    assert (type(problem), problem.code) == (errors.BadResponse, "too_large")


@pytest.mark.parametrize(
    "good",
    [
        CHUNKED + b"5\r\nhello\r\n0\r\n\r\n",
        SHORT + b"hello",
        b"HTTP/1.1 100 Continue\r\n\r\n" + SHORT + b"hello",
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + SHORT + b"hello",
        closing(b"HTTP/1.1 200 OK\r\n\r\nhello"),
        closing(b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
    ],
    ids=["chunked", "length", "continue", "hints", "until closed", "http 1.0"],
)
def test_every_way_to_end_a_body_is_understood(good: bytes | Action):
    async def scenario() -> tuple[bytes, bytes]:
        async with ScriptedServer([good, GOOD]) as server, client(server.url) as line:
            return (await line.me()).body, (await line.me()).body

    assert asyncio.run(scenario()) == (b"hello", b'{"id": "1"}')


def test_a_length_that_lies_cuts_the_answer_and_never_reaches_the_next_one():
    async def scenario() -> tuple[bytes, bytes, int]:
        lying = SHORT + b"helloHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
        async with ScriptedServer([lying, GOOD]) as server, client(server.url) as line:
            return (await line.me()).body, (await line.me()).body, server.connections

    assert asyncio.run(scenario()) == (b"hello", b'{"id": "1"}', 2)


def test_what_comes_unasked_closes_the_connection():
    async def scenario() -> tuple[bytes, int]:
        answered, hung_up = asyncio.Event(), asyncio.Event()

        async def chatty(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(GOOD)
            await answered.wait()
            writer.write(answer({"evil": True}))
            with suppress(ConnectionError):
                await reader.read()
            hung_up.set()

        async with ScriptedServer([chatty, GOOD]) as server, client(server.url) as line:
            await line.me()
            answered.set()
            await hung_up.wait()
            return (await line.me()).body, server.connections

    assert asyncio.run(scenario()) == (b'{"id": "1"}', 2)


def test_a_connection_that_closed_at_the_last_moment_is_told_as_broken():
    async def scenario() -> str:
        loop = asyncio.get_running_loop()
        async with ScriptedServer([GOOD]) as server:
            _, made = await loop.create_connection(connection.Connection, "127.0.0.1", server.port)
            made.close()
            with pytest.raises(httpx.ReadError):
                await made.exchange(b"GET / HTTP/1.1\r\n\r\n")
            with pytest.raises(httpx.ReadError):
                await connection.Connection().exchange(b"")
            return "told"

    assert asyncio.run(scenario()) == "told"


@pytest.mark.parametrize("odd", ["a\r\nX-Evil: 1", "a\nb", "a\0b"])
def test_a_header_with_a_line_break_is_never_written(odd: str):
    async def scenario() -> int:
        async with ScriptedServer([GOOD]) as server:
            line = transport.PooledTransport(httpx.URL(server.url), private=True)
            headers = [(b"Host", b"x"), (b"X-Odd", odd.encode())]
            with pytest.raises(httpx.LocalProtocolError):
                await line.handle_async_request(httpx.Request("GET", server.url, headers=headers))
            return server.connections

    assert asyncio.run(scenario()) == 0


def test_a_connection_is_kept_and_used_again():
    async def scenario() -> set[int]:
        async with ScriptedServer([GOOD]) as server, client(server.url) as line:
            for _ in range(5):
                await line.me()
            return {request.connection for request in server.received}

    assert asyncio.run(scenario()) == {1}


def test_a_connection_that_the_server_closed_or_that_lay_too_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch):
    async def scenario() -> int:
        async with ScriptedServer([closing(GOOD), GOOD, GOOD]) as server, client(server.url) as line:
            pool = cast(transport.PooledTransport, line._transport)
            await line.me()
            await _until(lambda: not any(one.is_open for one in pool._idle))
            await line.me()
            monkeypatch.setattr(transport, "IDLE", 0.0)
            await line.me()
            return server.connections

    assert asyncio.run(scenario()) == 3


def test_a_request_that_was_given_up_leaves_no_answer_behind():
    hung_up: list[bytes] = []

    async def waiting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            hung_up.append(await reader.read())

    async def scenario() -> bytes:
        async with ScriptedServer([waiting, GOOD]) as server, client(server.url) as line:
            asked = asyncio.create_task(line.me())
            await _until(lambda: bool(server.received))
            asked.cancel()
            await _until(lambda: hung_up == [b""])  # the connection is closed, not forgotten
            return (await line.me()).body

    assert asyncio.run(scenario()) == b'{"id": "1"}'


def test_no_more_than_twenty_four_requests_are_under_way():
    async def scenario() -> int:
        release = asyncio.Event()

        async def held(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await release.wait()
            writer.write(GOOD)

        async with ScriptedServer([held]) as server, client(server.url) as line:
            asked = [asyncio.create_task(line.me()) for _ in range(40)]
            await _until(lambda: len(server.received) >= 24)
            await asyncio.sleep(0.1)
            at_once = len(server.received)
            release.set()
            await asyncio.gather(*asked)
            assert len(server.received) == 40
            return at_once

    assert asyncio.run(scenario()) == 24


async def _until(condition: Callable[[], bool]) -> None:
    """Wait for *condition*, ten seconds at most."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  nobody tells when it comes true
            await asyncio.sleep(0.01)
