"""What Intercom's refusals mean: (status, code) → `integrations.errors`. No body, header or token travels in them."""

import re
import socket
import ssl
from collections.abc import Mapping, Sequence
from typing import TypedDict

import httpx

from integrations import errors
from integrations.errors import ProviderError
from integrations.intercom import rates, reading
from integrations.intercom.connection import TooLarge
from integrations.intercom.payloads import Fault, Faults
from integrations.intercom.scalars import text
from integrations.records import Rate

# Codes that mean the same under every status; Intercom's versions and documents differ in the status.
BY_CODE: Mapping[str, type[ProviderError]] = {
    "token_unauthorized": errors.PermissionMissing,
    "forbidden": errors.PermissionMissing,
    "action_forbidden": errors.PermissionMissing,
    "api_plan_restricted": errors.PlanRestricted,
    "intercom_version_invalid": errors.VersionRefused,
    "rate_limit_exceeded": errors.RateLimited,
    "too_many_requests": errors.RateLimited,
    "contact_merged": errors.Merged,
}
BY_STATUS: Mapping[int, type[ProviderError]] = {
    400: errors.RequestRefused,
    401: errors.CredentialRejected,
    402: errors.PlanRestricted,
    403: errors.PermissionMissing,
    404: errors.NotFound,
    405: errors.RequestRefused,
    406: errors.RequestRefused,
    408: errors.ProviderUnavailable,
    409: errors.RequestRefused,
    410: errors.NotFound,
    422: errors.RequestRefused,
    429: errors.RateLimited,
}
# Refusals that a gateway or a captcha page in front of Intercom may give in HTML: then it was not Intercom that spoke.
NEEDS_JSON = frozenset({400, 403, 405, 406, 409, 410, 422})
SCOPE = re.compile(r"scope \(([a-z_]{1,60}(?:, ?[a-z_]{1,60}){0,9})\)")
SURVIVOR = re.compile(rb"<[^<>]*/contacts/([A-Za-z0-9_-]{1,64})>")


class Facts(TypedDict):
    """What every error carries of the answer that it stands for."""

    status: int
    code: str
    request_id: str
    rate: Rate | None
    at: int | None


def failure(
    status: int, headers: rates.Headers, body: bytes, *, target: str, at: int | None, now: int, rate: Rate | None
) -> ProviderError:
    """The error that the answer means.

    *target* is the path that was asked, *at* the answer's Date, *now* the same or the own clock (Unix seconds).
    """
    listed = reading.faults(body)
    code, message = _words(listed)
    kind = _kind(status, code, is_json=listed is not None)
    facts = Facts(
        status=status,
        code=_own_code(status, code, message, target),
        request_id=request_id(headers) or (text(listed.request_id)[:100] if listed else ""),
        rate=rate,
        at=at,
    )
    if issubclass(kind, errors.RateLimited):
        return kind("", retry_at=rates.retry_at(headers, now=now), **facts)
    if issubclass(kind, errors.Merged):
        found = SURVIVOR.search(headers.get(b"link", b""))
        return kind("", survivor=found[1].decode() if found else "", **facts)
    return kind(_detail(kind, message), **facts)


def request_id(headers: rates.Headers) -> str:
    """Intercom's own id of the request, "" when it gave none."""
    return headers.get(b"x-request-id", b"").decode("ascii", "replace")[:100]


def _words(listed: Faults | None) -> tuple[str, str]:
    """The code and message that decide: those of the first fault whose code we know, else of the first."""
    faults = listed.errors if listed and isinstance(listed.errors, list) else []
    told = [(text(fault.code)[:100], text(fault.message)) for fault in faults if isinstance(fault, Fault)]
    known = [words for words in told if words[0] in BY_CODE]
    return (known or told or [("", "")])[0]


def _kind(status: int, code: str, *, is_json: bool) -> type[ProviderError]:
    if is_json and code in BY_CODE:
        return BY_CODE[code]
    if status >= 500:
        return errors.ProviderUnavailable
    if not is_json and status in NEEDS_JSON:
        return errors.BadResponse
    return BY_STATUS.get(status, errors.BadResponse if status < 400 or not is_json else errors.RequestRefused)


def _own_code(status: int, code: str, message: str, target: str) -> str:
    """Intercom's code, or ours where its own says too little: only the message tells a list's end from a mistake."""
    if target.startswith("/companies/scroll") and status == 404:
        return "scroll_not_found"
    if target.startswith("/companies/list") and status == 400 and "page limit" in message.lower():
        return "page_limit_reached"
    return code or ("redirect" if 300 <= status < 400 else "")


def _detail(kind: type[ProviderError], message: str) -> str:
    """The scope that is missing, or what was wrong with the request. Other messages add nothing."""
    if issubclass(kind, errors.PermissionMissing):
        found = SCOPE.search(message)
        return found[1] if found else ""
    if issubclass(kind, errors.RequestRefused):
        return "".join(letter for letter in message[:200] if letter.isprintable())
    return ""


def network_failure(problem: Exception) -> ProviderError:
    """The error that *problem*, raised by httpx or the system, means. `code` tells its kind; its text stays behind."""
    for raised, kind, code, detail in _NETWORK:
        if isinstance(problem, raised) or isinstance(problem.__cause__, raised):
            return kind(detail, code=code)
    return errors.ProviderUnavailable("The connection to Intercom broke.", code="reset")


_NETWORK: Sequence[tuple[tuple[type[Exception], ...], type[ProviderError], str, str]] = (
    ((TimeoutError, httpx.TimeoutException), errors.ProviderUnavailable, "timeout", "Intercom did not answer in time."),
    ((TooLarge,), errors.BadResponse, "too_large", "The answer is larger than 20 MB."),
    ((httpx.RemoteProtocolError,), errors.BadResponse, "truncated", "The answer was cut off or is not HTTP."),
    ((ssl.SSLCertVerificationError,), errors.PeerUntrusted, "tls", "The certificate cannot be trusted."),
    ((ssl.SSLError,), errors.ProviderUnavailable, "tls", "The encrypted connection to Intercom failed."),
    ((socket.gaierror,), errors.ProviderUnavailable, "dns", "The name of Intercom's address was not found."),
    ((httpx.ConnectError,), errors.ProviderUnavailable, "connect", "No connection to Intercom."),
)
