"""httpx's transport over our own connections: a pool for one origin, without proxies, redirects or retries."""

import asyncio
import ssl
from functools import cache
from typing import Any

import httpx

from integrations.intercom.addresses import is_public
from integrations.intercom.connection import Connection, RawAnswer

CONNECT_TIMEOUT = 5.0  # seconds, name and TLS included
IN_FLIGHT = 24
IDLE = 20.0  # seconds after which an unused connection is not trusted any more


class PooledTransport(httpx.AsyncBaseTransport):
    """Sends to *origin* and nowhere else, whatever a request says.

    *private*: the origin may lie in a private network (only what the operator's settings name).
    """

    def __init__(self, origin: httpx.URL, *, private: bool = False) -> None:
        self._host = origin.host
        self._port = origin.port or (443 if origin.scheme == "https" else 80)
        self._tls = origin.scheme == "https"
        self._private = private
        self._idle: list[Connection] = []
        self._slots = asyncio.Semaphore(IN_FLIGHT)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx.TransportError; cancelled, the connection in use is closed."""
        body = b"".join([chunk async for chunk in request.stream]) if request.method == "POST" else b""  # type: ignore[union-attr]
        async with self._slots:
            answer = await self._exchange(_head(request) + body)
        return httpx.Response(answer.status, headers=answer.headers, stream=httpx.ByteStream(answer.body))

    async def aclose(self) -> None:
        while self._idle:
            self._idle.pop().close()

    async def _exchange(self, request: bytes) -> RawAnswer:
        connection = self._reused() or await self._connected()
        answer = await connection.exchange(request)
        if connection.reusable:
            connection.idle_since = asyncio.get_running_loop().time()
            self._idle.append(connection)
        return answer

    def _reused(self) -> Connection | None:
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and now - connection.idle_since < IDLE:
                return connection
            connection.close()
        return None

    async def _connected(self) -> Connection:
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                return await self._dialled()
        except TimeoutError:
            raise httpx.ConnectTimeout("No connection in time.") from None
        except OSError as problem:  # DNS and TLS problems are among them
            raise httpx.ConnectError("No connection.") from problem

    async def _dialled(self) -> Connection:
        tls: dict[str, Any] = {"ssl": _tls_context(), "server_hostname": self._host} if self._tls else {}
        transport, connection = await asyncio.get_running_loop().create_connection(
            Connection, self._host, self._port, happy_eyeballs_delay=0.25, **tls
        )
        peer = transport.get_extra_info("peername")
        if not self._private and not (peer and is_public(str(peer[0]))):
            transport.abort()
            raise httpx.ConnectError("The address lies in a private network.")
        return connection


def _head(request: httpx.Request) -> bytes:
    target = request.url.raw_path
    lines = [b"%s %s HTTP/1.1" % (request.method.encode("ascii"), target)]
    lines += [b"%s: %s" % header for header in request.headers.raw]
    if any(b"\r" in line or b"\n" in line or b"\0" in line for line in lines):
        raise httpx.LocalProtocolError("A request must not hold a line break.")
    return b"\r\n".join(lines) + b"\r\n\r\n"


@cache
def _tls_context() -> ssl.SSLContext:
    """Verifies always; made once, since reading the certificates takes 20 ms."""
    return httpx.create_ssl_context(verify=True, trust_env=False)
