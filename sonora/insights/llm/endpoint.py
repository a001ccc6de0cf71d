"""Where a language model is asked."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from sonora.core.secret import SecretStr


class EndpointRefused(ValueError):
    """The settings name no endpoint that customers' words may be sent to; the text says why, for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The address of chat completions, the *key* for it (empty: none is sent), and which *model* is asked."""

    url: str
    key: SecretStr
    model: str


def endpoint(base_url: str, *, key: SecretStr, model: str) -> Endpoint | None:
    """The endpoint under *base_url* (``https://api.example.com/v1``), None when it is empty. Raises EndpointRefused."""
    if not base_url:
        return None
    _check(base_url)
    if not model:
        raise EndpointRefused("It must be said which model is asked.")
    if not (key.reveal().isascii() and key.reveal().isprintable()):
        raise EndpointRefused("The key has signs that no header can hold.")
    return Endpoint(url=f"{base_url.rstrip('/')}/chat/completions", key=key, model=model)


def _check(base_url: str) -> None:
    """What is wrong with an address is told without it: somebody may have put a key into it."""
    try:
        parts = urlsplit(base_url)
        _ = parts.port
    except ValueError as error:
        raise EndpointRefused("The base URL is no address.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EndpointRefused("The base URL must begin with https://.")
    if parts.username is not None or parts.query or parts.fragment:
        raise EndpointRefused("The base URL must hold neither a user nor anything behind its path.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise EndpointRefused("The base URL must begin with https://; http is for this machine alone.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
