"""One keep-alive HTTP/1.1 connection: bytes of a request in, the parsed answer out.

Written on asyncio and httptools because httpx's own stack (h11 under anyio) takes about 2 ms of CPU an exchange where
this takes 0.1, and the sync is little else than exchanges.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, cast

import httptools
import httpx

READ_TIMEOUT = 20.0  # seconds between two arrivals of bytes
LARGEST_BODY = 20 * 1024 * 1024
LARGEST_HEAD = 64 * 1024


class TooLarge(httpx.RemoteProtocolError):
    """The answer was cut off: it has more bytes than any of Intercom's."""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer as it came: header names in lower case, the body still encoded."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Connection(asyncio.Protocol):
    """One exchange at a time. After anything but a clean end it closes itself and is not `reusable`."""

    def __init__(self) -> None:
        self.reusable = False
        self.idle_since = 0.0
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[RawAnswer] | None = None
        self._last_arrival = 0.0
        self._headers: list[tuple[bytes, bytes]] = []
        self._body: list[bytes] = []
        self._forget()

    async def exchange(self, request: bytes) -> RawAnswer:
        """Send *request* and give its answer. Raises httpx errors; cancelled or failed, the connection is closed."""
        if self._transport is None or not self.is_open:
            raise httpx.ReadError("The connection was closed.")
        self._forget()
        self.reusable = False
        self._waiter = self._loop.create_future()
        self._last_arrival = self._loop.time()
        timer = self._loop.call_later(READ_TIMEOUT, self._look_at_the_clock, self._waiter)
        try:
            self._transport.write(request)
            answer = await self._waiter
            self.reusable = self._keep_alive and not self._transport.is_closing()
            return answer
        finally:
            timer.cancel()
            self._waiter = None
            if not self.reusable:
                self.close()

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def close(self) -> None:
        """Drop the connection at once: what it still has to say is not waited for."""
        if self._transport is not None:
            self._transport.abort()

    # ---- asyncio.Protocol ----
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._waiter is None or self._waiter.done():
            self.close()  # nothing was asked
            return
        self._last_arrival = self._loop.time()
        self._received += len(data)
        if self._received > LARGEST_BODY + LARGEST_HEAD:
            self._fail(TooLarge("The answer is larger than 20 MB."))
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(httpx.RemoteProtocolError("The answer is not HTTP."))

    def eof_received(self) -> bool:
        if self._until_closed:
            self._complete(keep_alive=False)
        return False

    def connection_lost(self, problem: Exception | None) -> None:
        self.reusable = False
        if problem is None and self._received:
            self._fail(httpx.RemoteProtocolError("The answer was cut off."))
        else:
            self._fail(httpx.ReadError("The connection was closed."))

    # ---- httptools ----
    def on_message_begin(self) -> None:
        if self._answered:  # more than one answer came: whatever is said here next belongs to no question
            self._keep_alive = False
            self._headers, self._body = [], []

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        names = {name for name, _ in self._headers}
        self._until_closed = status >= 200 and not names & {b"content-length", b"transfer-encoding"}

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() < 200:  # 100 Continue and the like come before the answer
            self._headers, self._body = [], []
            return
        self._complete(keep_alive=self._parser.should_keep_alive())

    # ---- ----
    def _forget(self) -> None:
        self._parser: Any = httptools.HttpResponseParser(self)
        self._headers, self._body = [], []
        self._received = 0
        self._until_closed = False
        self._answered = False
        self._keep_alive = False

    def _complete(self, *, keep_alive: bool) -> None:
        if self._answered:
            return
        self._answered, self._keep_alive = True, keep_alive
        if self._waiter is not None and not self._waiter.done():
            answer = RawAnswer(self._parser.get_status_code(), self._headers, b"".join(self._body))
            self._waiter.set_result(answer)

    def _fail(self, problem: httpx.TransportError) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(problem)
        self.close()

    def _look_at_the_clock(self, waiter: asyncio.Future[RawAnswer]) -> None:
        if waiter is not self._waiter:
            return
        left = self._last_arrival + READ_TIMEOUT - self._loop.time()
        if left <= 0:
            self._fail(httpx.ReadTimeout("Nothing came for too long."))
        else:
            self._loop.call_later(left, self._look_at_the_clock, waiter)
