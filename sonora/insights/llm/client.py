"""Asks an endpoint one question, within a time, and reads no more than an answer can be."""

import asyncio
from typing import Any

import httpx

from sonora.insights.llm.endpoint import Endpoint

WHOLE_REQUEST = 30.0  # seconds, however slowly an answer drips
LARGEST_ANSWER = 1_000_000  # bytes


class Unavailable(Exception):
    """No answer that could be read; the text says why, and holds neither the key nor what was asked."""


class LlmClient:
    """A line to one endpoint. It follows no redirect, uses no proxy of the environment, and never repeats."""

    def __init__(self, endpoint: Endpoint, *, whole_request: float = WHOLE_REQUEST) -> None:
        self.model = endpoint.model
        self._endpoint = endpoint
        self._seconds = whole_request

    def ask(self, body: dict[str, Any]) -> bytes:
        """The body of the answer to *body*. Raises Unavailable when there is none, or one that tells a failure."""
        try:
            return asyncio.run(self._ask(body))
        except TimeoutError:
            reason = "too slow"
        except (httpx.HTTPError, httpx.StreamError, OSError) as problem:
            reason = type(problem).__name__
        # Raised out here: as its context, what httpx raised would carry the request along, and that holds the key.
        raise Unavailable(reason)

    async def _ask(self, body: dict[str, Any]) -> bytes:
        async with (
            asyncio.timeout(self._seconds),  # httpx only limits each wait, and a drip is many short ones
            httpx.AsyncClient(timeout=self._seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", self._endpoint.url, json=body, headers=self._headers()) as response,
        ):
            return await _read(response)

    def _headers(self) -> dict[str, str]:
        key = self._endpoint.key
        return {"Authorization": f"Bearer {key.reveal()}"} if key else {}


async def _read(response: httpx.Response) -> bytes:
    if response.status_code != httpx.codes.OK:
        raise Unavailable(f"HTTP {response.status_code}")
    answer = bytearray()
    async for some in response.aiter_bytes():
        answer += some
        if len(answer) > LARGEST_ANSWER:
            raise Unavailable("too large")
    return bytes(answer)
