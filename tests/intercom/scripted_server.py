"""An HTTP server on loopback that answers by script, byte for byte: it can cut off, drip, reset, redirect and bomb."""

import asyncio
import json
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, Self

Action = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Received:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    connection: int  # the number of the TCP connection it came on

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class ScriptedServer:
    """Answers the nth request with the nth entry of *script*: bytes, or what is done instead. The last repeats.

    A path in *by_path* has its own answer.
    """

    script: list[bytes | Action]
    by_path: Mapping[str, bytes | Action] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    received: list[Received] = field(default_factory=list)
    connections: int = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls, limit=2**20)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"
        self._tasks: set[asyncio.Task[Any]] = set()
        return self

    async def __aexit__(self, *problem: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        number = self.connections
        try:
            while (request := await _request(reader, number)) is not None:
                scripted = self.script[min(len(self.received), len(self.script) - 1)]
                entry = self.by_path.get(request.target.partition("?")[0], scripted)
                self.received.append(request)
                if isinstance(entry, bytes):
                    writer.write(entry)
                    await writer.drain()
                else:
                    await entry(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()


async def _request(reader: asyncio.StreamReader, connection: int) -> Received | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, target, headers, body, connection)


def answer(
    body: Any = None, *, status: int = 200, headers: Mapping[str, str] | None = None, raw: bytes | None = None
) -> bytes:
    """A whole answer; *body* as JSON unless *raw* is given. A header with an empty value is left out."""
    content = json.dumps(body).encode() if raw is None else raw
    told = {
        "Date": formatdate(time.time(), usegmt=True),
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(content)),
    } | dict(headers or {})
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode("latin-1") + content


def refusal(status: int, code: str, message: str = "", *, headers: Mapping[str, str] | None = None) -> bytes:
    """An answer with an `error.list`."""
    listed = {"type": "error.list", "request_id": "000req", "errors": [{"code": code, "message": message}]}
    return answer(listed, status=status, headers=headers)


def html(status: int, text: str = "<html><body>We'll be back soon</body></html>") -> bytes:
    return answer(raw=text.encode(), status=status, headers={"Content-Type": "text/html"})


def silent(first: bytes = b"") -> Action:
    """Send *first*, then nothing more, and keep the connection open."""

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await asyncio.sleep(60)

    return act


def dripping(whole: bytes, *, every: float) -> Action:
    """Send *whole* a byte at a time."""

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for position in range(len(whole)):
            writer.write(whole[position : position + 1])
            await asyncio.sleep(every)

    return act


def closing(first: bytes = b"") -> Action:
    """Send *first* and close in good order."""

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        raise ConnectionError

    return act


def resetting(first: bytes = b"") -> Action:
    """Send *first* and break the connection."""

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.get_extra_info("socket").setsockopt(1, 13, b"\1\0\0\0\0\0\0\0")  # SO_LINGER 0: a reset
        writer.transport.abort()
        raise ConnectionError

    return act


def endless(first: bytes, more: bytes) -> Action:
    """Send *first*, then *more* again and again until the client hangs up; at most 60 MB."""

    async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        for _ in range(60 * 2**20 // len(more)):
            writer.write(more)
            await writer.drain()

    return act
