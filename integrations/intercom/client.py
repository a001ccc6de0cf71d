"""Intercom over HTTP: one method for each endpoint that the sync reads, one request for each call.

It reads only: GET, the searches and POST /companies/list. It never waits and never repeats: `sync.budget` does.
Everything that goes wrong is one of `integrations.errors`, which hold neither request nor token.
"""

import asyncio
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx

from integrations.errors import BadResponse, CredentialRejected, UnreadableObject
from integrations.intercom import failures, rates
from integrations.intercom.bodies import decoded
from integrations.intercom.regions import Origin
from integrations.intercom.scalars import ID
from integrations.intercom.tokens import SHAPE
from integrations.intercom.transport import PooledTransport
from integrations.records import Rate
from sonora.core.secret import SecretStr

WHOLE_REQUEST = 30.0  # seconds; a read timeout alone never ends an answer that drips
USER_AGENT = "Sonora/0.1 (read-only)"
READS = re.compile(r"/[a-z_]+(/[a-z_]+)*/search|/companies/list")  # the POSTs that change nothing

COMPANIES_PAGE = 60  # more is refused
CONTACT_COMPANIES_PAGE = 50
DELETIONS_PAGE = 60  # its documented maximum

Query = Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A good answer: its body as JSON bytes, when it was given by Intercom's clock, and what it told of the rate."""

    body: bytes
    at: int | None
    rate: Rate | None
    request_id: str = ""


class IntercomClient:
    """A line to one origin with one token. Use as `async with`; up to 24 requests are under way at once."""

    def __init__(
        self, token: SecretStr, origin: Origin, *, version: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """*version*: the Intercom-Version that is asked for. Raises CredentialRejected when the token cannot be one."""
        if not SHAPE.fullmatch(token.reveal()):
            raise CredentialRejected("The stored token does not have the shape of an access token.", code="token_shape")
        self._token = token
        self._base = origin.base_url
        self._get_headers = _headers(token, httpx.URL(origin.base_url), version)
        self._post_headers = [*self._get_headers, (b"Content-Type", b"application/json")]
        self._transport = transport or PooledTransport(httpx.URL(origin.base_url), private=origin.extra)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    # ---- Who ----
    async def me(self) -> Reply:
        return await self._get("/me")

    async def admins(self) -> Reply:
        return await self._get("/admins")

    async def teams(self) -> Reply:
        return await self._get("/teams")

    async def tags(self) -> Reply:
        return await self._get("/tags")

    # ---- Companies ----
    async def companies(self, *, page: int, per_page: int = COMPANIES_PAGE) -> Reply:
        """Raises RequestRefused with code `page_limit_reached` after 10,000 companies."""
        query = urlencode({"page": page, "per_page": per_page})
        return await self._post(f"/companies/list?{query}", {})

    async def companies_scroll(self, *, scroll_param: str = "") -> Reply:
        """One scroll at a time per app: RequestRefused with code `scroll_exists`. NotFound with `scroll_not_found`
        when it was left for a minute.
        """
        return await self._get("/companies/scroll", {"scroll_param": scroll_param} if scroll_param else {})

    # ---- Contacts ----
    async def contacts(self, *, per_page: int, starting_after: str = "") -> Reply:
        query: dict[str, str | int] = {"per_page": per_page}
        return await self._get("/contacts", query | ({"starting_after": starting_after} if starting_after else {}))

    async def search_contacts(self, query: Any, *, per_page: int, starting_after: str = "") -> Reply:
        """Times in *query* are cut to days of the workspace's time zone up to version 2.16, exact from 2.17 on."""
        return await self._post("/contacts/search", _search(query, per_page=per_page, starting_after=starting_after))

    async def contact(self, external_id: str) -> Reply:
        """Raises NotFound; Merged from version 2.16 on."""
        return await self._get(f"/contacts/{_in_path(external_id)}")

    async def contact_companies(self, external_id: str, *, page: int) -> Reply:
        path = f"/contacts/{_in_path(external_id)}/companies"
        return await self._get(path, {"page": page, "per_page": CONTACT_COMPANIES_PAGE})

    async def contact_tags(self, external_id: str) -> Reply:
        return await self._get(f"/contacts/{_in_path(external_id)}/tags")

    # ---- Conversations ----
    async def search_conversations(self, query: Any, *, per_page: int, starting_after: str = "") -> Reply:
        """Times in *query* are exact seconds. Parts are not in the answer."""
        body = _search(query, per_page=per_page, starting_after=starting_after)
        return await self._post("/conversations/search", body)

    async def conversation(self, external_id: str) -> Reply:
        """With the newest 500 of its parts."""
        return await self._get(f"/conversations/{_in_path(external_id)}")

    async def deleted_conversations(self, *, page: int) -> Reply:
        """Newest first. Offered from version 2.16 on, else VersionRefused."""
        return await self._get("/conversations/deleted", {"page": page, "per_page": DELETIONS_PAGE, "order": "desc"})

    # ---- ----
    async def _get(self, path: str, query: Query | None = None) -> Reply:
        return await self._send("GET", f"{path}?{urlencode(query)}" if query else path)

    async def _post(self, target: str, body: Any) -> Reply:
        return await self._send("POST", target, json.dumps(body, separators=(",", ":")).encode())

    async def _send(self, method: str, target: str, body: bytes = b"") -> Reply:
        """The only place that sends. Raises `integrations.errors`; ValueError for what could change something."""
        if method != "GET" and not (method == "POST" and READS.fullmatch(target.partition("?")[0])):
            raise ValueError(f"Sonora only reads: {method} {target.partition('?')[0]} is not sent.")
        headers = self._post_headers if method == "POST" else self._get_headers
        request = httpx.Request(method, self._base + target, headers=headers, content=body or None)
        try:
            async with asyncio.timeout(WHOLE_REQUEST):
                response = await self._transport.handle_async_request(request)
                raw = b"".join([chunk async for chunk in response.stream])  # type: ignore[union-attr]
        except (httpx.HTTPError, httpx.StreamError, OSError) as problem:
            failed = failures.network_failure(problem)
        else:
            return _reply(response, raw, target, self._token)
        # Raised out here: as its context, what httpx raised would carry the request along, and that holds the token.
        raise failed


def _reply(response: httpx.Response, raw: bytes, target: str, token: SecretStr) -> Reply:
    headers = {name.lower(): value for name, value in response.headers.raw}
    at = rates.server_time(headers)
    now = int(time.time()) if at is None else at
    rate = rates.rate(headers, now=now)
    try:
        body = decoded(raw, headers)
        if response.status_code == 200:
            return Reply(body=body, at=at, rate=rate, request_id=failures.request_id(headers))
    except BadResponse as problem:
        problem.status, problem.rate, problem.at = response.status_code, rate, at
        if response.status_code == 200:
            raise
        body = b""  # the status alone has to do
    body = body.replace(token.reveal().encode(), b"")  # codes and messages travel in errors; an echo must not
    raise failures.failure(response.status_code, headers, body, target=target, at=at, now=now, rate=rate)


def _headers(token: SecretStr, base: httpx.URL, version: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"Host", base.netloc),
        (b"Authorization", b"Bearer " + token.reveal().encode("ascii")),
        (b"Accept", b"application/json"),  # without it Intercom answers 406
        (b"Accept-Encoding", b"gzip, deflate"),
        (b"Intercom-Version", version.encode("ascii")),
        (b"User-Agent", USER_AGENT.encode("ascii")),
    ]


def _search(query: Any, *, per_page: int, starting_after: str) -> dict[str, Any]:
    # The cursor must be in the body: in the address Intercom ignores it and gives the first page again.
    pagination: dict[str, Any] = {"per_page": per_page}
    if starting_after:
        pagination["starting_after"] = starting_after
    return {"query": query, "pagination": pagination}


def _in_path(external_id: str) -> str:
    if not ID.fullmatch(external_id):
        raise UnreadableObject("This id cannot be asked for.", external_id=external_id[:64])
    return external_id
