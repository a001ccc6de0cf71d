"""The ASGI application: the gate in front of the interface, and the control beside it."""

import asyncio
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl

from integrations.intercom.sandbox import errors, routes, versions
from integrations.intercom.sandbox.answers import Answer, Headers, Request
from integrations.intercom.sandbox.delivery import Receive, Send, deliver, spoiled
from integrations.intercom.sandbox.errors import ApiError
from integrations.intercom.sandbox.handles import Control
from integrations.intercom.sandbox.routes import Route
from integrations.intercom.sandbox.state import State
from integrations.intercom.sandbox.trouble import Rule

CONTROL = "/_sandbox"
_ACCEPTABLE = ("application/json", "*/*", "application/*")
_NOT_ACCEPTABLE = (
    b'{"errors":[{"code":"media_type_not_acceptable","message":"The Accept header should send a media type of '
    b'application/json"}],"type":"error.list"}'
)


class App:
    """One sandbox as an ASGI application."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.control = Control(state)
        self._date: tuple[int, bytes] = (0, b"")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        content = await _content(receive)
        path = scope["path"]
        if path.startswith(CONTROL):
            await deliver(self.control.answer(scope["method"], path[len(CONTROL) :], content), send, receive)
            return
        await self._serve(scope, content, receive, send)

    async def _serve(self, scope: dict[str, Any], content: bytes, receive: Receive, send: Send) -> None:
        state, method, path = self.state, scope["method"], scope["path"]
        state.log.begin()
        status, endpoint = 0, f"{method} {path}"
        try:
            acting = state.trouble.find(method, path, content) if state.trouble.rules else []
            rule = next((each for each in acting if each.kind != "mutate"), None)
            self._mutate(acting, when="before")
            answer, endpoint = self._respond(scope, path, content)
            self._mutate(acting, when="after")
            answer.headers += self._common_headers()
            if rule:
                answer = spoiled(rule, answer)
            status = answer.status
            await _wait(state.behaviour.latency_ms, rule)
            await deliver(answer, send, receive, rule)
        finally:
            state.log.end(_entry(scope, content, endpoint, status, state.now()))

    def _respond(self, scope: dict[str, Any], path: str, content: bytes) -> tuple[Answer, str]:
        """The answer, and the name of the endpoint that gave it."""
        method, headers = scope["method"], dict(scope["headers"])
        route, arguments = routes.find(method, path)
        endpoint = route.name if route else f"{method} (unknown)"
        if not _acceptable(headers):
            return Answer(406, _NOT_ACCEPTABLE), endpoint
        limits: Headers = []
        try:
            self._authorise(headers)
            allowed = self.state.allowance.take(self.state.now())
            limits = self.state.allowance.headers()
            request = self._admitted(scope, headers, route, content, allowed=allowed)
            answer = _handled(self.state, route, request, arguments)
        except ApiError as error:
            answer = refused(error)
        answer.headers += limits
        return answer, endpoint

    def _admitted(
        self, scope: dict[str, Any], headers: dict[bytes, bytes], route: Route | None, content: bytes, *, allowed: bool
    ) -> Request:
        """The request, if rate limit, version, permissions and plan let it pass. Raises ApiError otherwise."""
        state = self.state
        if not allowed:
            limit = state.allowance.limit
            raise ApiError(429, "rate_limit_exceeded", f"Exceeded rate limit of {limit} in 10_seconds")
        version = versions.requested(_text(headers.get(b"intercom-version")), newest=state.newest)
        if route:
            routes.permit(state, route, version)
        return Request(
            method=scope["method"],
            path=scope["path"],
            query=dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
            content=content,
            version=version,
            origin=state.behaviour.page_url_origin or f"http://{_text(headers.get(b'host')) or '127.0.0.1'}",
        )

    def _authorise(self, headers: dict[bytes, bytes]) -> None:
        scheme, _, token = (_text(headers.get(b"authorization")) or "").partition(" ")
        if scheme.lower() != "bearer" or token.strip() != self.state.options.token:
            raise ApiError(401, "unauthorized", "Access Token Invalid")
        if self.state.behaviour.revoked:
            raise ApiError(401, self.state.behaviour.revoked, "Access Token Revoked")

    def _mutate(self, acting: list[Rule], *, when: str) -> None:
        for rule in acting:
            if rule.kind == "mutate" and rule.details.get("when", "before") == when:
                self.control.mutate_all(rule.details.get("mutations", []))

    def _common_headers(self) -> Headers:
        second = int(self.state.now())
        if second != self._date[0]:
            self._date = (second, formatdate(second, usegmt=True).encode())
        return [(b"date", self._date[1]), (b"x-request-id", errors.next_request_id().encode())]


def refused(error: ApiError) -> Answer:
    """The answer that *error* stands for."""
    content = errors.body(error.code, error.message, request_id=errors.next_request_id(), field=error.field)
    return Answer(error.status, content, list(error.headers))


def _handled(state: State, route: Route | None, request: Request, arguments: tuple[str, ...]) -> Answer:
    if route is None:
        raise errors.not_found("The requested resource was not found")
    return route.handler(state, request, *arguments)


def _acceptable(headers: dict[bytes, bytes]) -> bool:
    accept = (_text(headers.get(b"accept")) or "").lower()
    return any(each in accept for each in _ACCEPTABLE)


async def _wait(latency_ms: float, rule: Rule | None) -> None:
    seconds = latency_ms / 1000
    if rule and rule.kind == "delay":
        seconds += float(rule.details.get("seconds", 1))
    if seconds:
        await asyncio.sleep(seconds)


async def _content(receive: Receive) -> bytes:
    message = await receive()
    content: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        content += message.get("body", b"")
    return content


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")


def _entry(scope: dict[str, Any], content: bytes, endpoint: str, status: int, at: float) -> dict[str, Any]:
    return {
        "method": scope["method"],
        "path": scope["path"],
        "query": scope["query_string"].decode("latin-1"),
        "endpoint": endpoint,
        "status": status,
        "body": content[:4096].decode("utf-8", "replace"),
        "at": at,
    }
