"""How an answer reaches the wire: whole, or in one of the ways in which the world breaks it."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from integrations.intercom.sandbox import errors
from integrations.intercom.sandbox.answers import Answer, Headers
from integrations.intercom.sandbox.trouble import Rule

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]
MEBIBYTE = 1024 * 1024
_MAINTENANCE = (
    b"<!DOCTYPE html><html><head><title>We will be right back</title></head><body><h1>Maintenance</h1></body></html>"
)


def spoiled(rule: Rule, answer: Answer) -> Answer:
    """The answer that *rule* puts in the place of the real one, or the real one with changes."""
    make = _SPOILERS.get(rule.kind)
    return make(rule.details, answer) if make else answer


def _status(details: dict[str, Any], answer: Answer) -> Answer:
    status = int(details.get("status", 500))
    code = details.get("code", "server_error" if status >= 500 else "client_error")
    content = errors.body(code, details.get("message", "Told to fail"), request_id=errors.next_request_id())
    return Answer(status, content, answer.headers + _headers(details))


def _rate_limited(details: dict[str, Any], answer: Answer) -> Answer:
    content = errors.body(
        "rate_limit_exceeded", "Exceeded rate limit of 1667 in 10_seconds", request_id=errors.next_request_id()
    )
    kept = answer.headers if details.get("with_headers", True) else []
    exhausted = [(name, b"0" if name == b"x-ratelimit-remaining" else value) for name, value in kept]
    return Answer(429, content, exhausted + _headers(details))


def _html(details: dict[str, Any], answer: Answer) -> Answer:
    status = int(details.get("status", 502))
    return Answer(status, _MAINTENANCE, answer.headers, b"text/html; charset=utf-8")


def _empty(details: dict[str, Any], answer: Answer) -> Answer:
    return Answer(int(details.get("status", 200)), b"", answer.headers)


def _raw(details: dict[str, Any], answer: Answer) -> Answer:
    content = str(details.get("body", "")).encode("utf-8", "surrogatepass")
    content_type = str(details.get("content_type", "application/json; charset=utf-8")).encode()
    return Answer(int(details.get("status", 200)), content, answer.headers + _headers(details), content_type)


def _redirect(details: dict[str, Any], answer: Answer) -> Answer:
    location = str(details.get("location", "http://127.0.0.1:9/")).encode()
    return Answer(int(details.get("status", 302)), b"", [*answer.headers, (b"location", location)])


def _huge(details: dict[str, Any], answer: Answer) -> Answer:
    content = (
        b'{"type":"list","data":[],"filler":"' + b"x" * int(float(details.get("megabytes", 25)) * MEBIBYTE) + b'"}'
    )
    return Answer(200, content, answer.headers)


def _deep(details: dict[str, Any], answer: Answer) -> Answer:
    depth = int(details.get("depth", 100_000))
    return Answer(200, b"[" * depth + b"]" * depth, answer.headers)


def _gzip_bomb(details: dict[str, Any], answer: Answer) -> Answer:
    bomb = gzip.compress(_huge({"megabytes": details.get("megabytes", 100)}, answer).body, compresslevel=9)
    return Answer(200, bomb, [*answer.headers, (b"content-encoding", b"gzip")])


def _truncated_gzip(_: dict[str, Any], answer: Answer) -> Answer:
    packed = gzip.compress(answer.body)
    return Answer(answer.status, packed[: len(packed) // 2], [*answer.headers, (b"content-encoding", b"gzip")])


def _changed_headers(details: dict[str, Any], answer: Answer) -> Answer:
    wished = {str(name).lower().encode(): value for name, value in details.get("headers", {}).items()}
    kept = [(name, value) for name, value in answer.headers if name not in wished]
    return Answer(answer.status, answer.body, kept + _headers(details), answer.content_type)


def _patched(details: dict[str, Any], answer: Answer) -> Answer:
    """The real answer with values replaced: `set` maps dotted paths to values, `remove` lists dotted paths."""
    content = msgspec.json.decode(answer.body)
    for path, value in details.get("set", {}).items():
        target, name = _reach(content, path)
        target[name] = value
    for path in details.get("remove", []):
        target, name = _reach(content, path)
        del target[name]
    return Answer(answer.status, msgspec.json.encode(content), answer.headers)


def _reach(content: Any, path: str) -> tuple[Any, Any]:
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    for step in way:
        content = content[step]
    return content, last


def _headers(details: dict[str, Any]) -> Headers:
    wished = details.get("headers", {}).items()
    return [(str(name).lower().encode(), str(value).encode()) for name, value in wished if value is not None]


_SPOILERS: dict[str, Callable[[dict[str, Any], Answer], Answer]] = {
    "status": _status,
    "rate_limited": _rate_limited,
    "html": _html,
    "empty": _empty,
    "raw": _raw,
    "redirect": _redirect,
    "huge": _huge,
    "deep": _deep,
    "gzip_bomb": _gzip_bomb,
    "truncated_gzip": _truncated_gzip,
    "headers": _changed_headers,
    "patch": _patched,
}


async def deliver(answer: Answer, send: Send, receive: Receive, rule: Rule | None = None) -> None:
    """Send *answer*; a rule may cut it short (truncated, hang) or stretch it (drip) until the client gives up."""
    length = (b"content-length", b"%d" % len(answer.body))
    headers = [(b"content-type", answer.content_type), length, *answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if rule is None or rule.kind not in {"truncated", "hang", "drip"}:
        await send({"type": "http.response.body", "body": answer.body})
        return
    broken = asyncio.ensure_future(_broken(answer.body, send, rule))
    gone = asyncio.ensure_future(receive())
    await asyncio.wait({broken, gone}, return_when=asyncio.FIRST_COMPLETED)
    for task in (broken, gone):
        task.cancel()
    await asyncio.gather(broken, gone, return_exceptions=True)


async def _broken(content: bytes, send: Send, rule: Rule) -> None:
    details = rule.details
    if rule.kind == "truncated":  # the server closes a connection whose answer is not complete
        kept = content[: int(len(content) * float(details.get("keep", 0.5)))]
        await send({"type": "http.response.body", "body": kept, "more_body": True})
    elif rule.kind == "hang":
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        await asyncio.sleep(float(details.get("seconds", 3600)))
    else:
        for place in range(len(content)):
            await send({"type": "http.response.body", "body": content[place : place + 1], "more_body": True})
            await asyncio.sleep(float(details.get("seconds", 10)))
        await send({"type": "http.response.body", "body": b""})
