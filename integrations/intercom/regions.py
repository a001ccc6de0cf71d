"""Intercom's three regions, and the one address that a pasted text means: read from its characters, never resolved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from integrations.checks import NotUsable

LONGEST_ADDRESS = 200
PLAIN_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:/-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """`key` is us, eu or au; `api` the origin of the REST API, `app` that of the web application."""

    key: str
    title: str
    api: str
    app: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An address that may be connected to. `region` is "" for an extra one that does not name its region."""

    base_url: str
    region: str = ""
    extra: bool = False


US = Region(key="us", title="United States", api="https://api.intercom.io", app="https://app.intercom.com")
EU = Region(key="eu", title="Europe", api="https://api.eu.intercom.io", app="https://app.eu.intercom.com")
AU = Region(key="au", title="Australia", api="https://api.au.intercom.io", app="https://app.au.intercom.com")
REGIONS = {region.key: region for region in (US, EU, AU)}

# What /me calls a region: the description says US, answers of European workspaces say Europe.
_NAMES = {"us": "us", "eu": "eu", "europe": "eu", "au": "au", "australia": "au"}
_BY_HOST = {region.api.removeprefix("https://"): region for region in REGIONS.values()}


class BaseUrlRefused(NotUsable):
    """The typed text means none of the allowed addresses. `user_message` is the sentence for its field."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Use one of Intercom's API addresses: {why}.")


def region_of(name: object) -> str:
    """The key of the region that /me calls *name*; "" when that is no verdict."""
    return _NAMES.get(name.strip().lower(), "") if isinstance(name, str) else ""


def allowed_origins(extra: Iterable[str] = ()) -> tuple[Origin, ...]:
    """The three regional origins, then those of the entries *extra* (`http://host:port`, or `us=http://host:port`).

    Raises ValueError when an entry is no origin.
    """
    regional = [Origin(base_url=region.api, region=region.key) for region in REGIONS.values()]
    return (*regional, *(_extra_origin(entry.strip()) for entry in extra if entry.strip()))


def parse_base_url(typed: str, extra: Sequence[str] = ()) -> Origin:
    """The one allowed origin that *typed* means.

    *extra* are entries as `allowed_origins` takes them; they must be typed exactly. Raises BaseUrlRefused, without
    repeating what was typed.
    """
    text = typed.strip(" \t\r\n")
    if not text:
        raise BaseUrlRefused("this field is empty")
    for origin in allowed_origins(extra):
        if text.rstrip("/") == origin.base_url:
            return origin
    region = _BY_HOST.get(_host(text))
    if region is None:
        raise BaseUrlRefused("this is another host")
    return Origin(base_url=region.api, region=region.key)


def others(origin: Origin, extra: Sequence[str] = ()) -> list[Origin]:
    """The origins of the other regions, of the same kind as *origin*: where a token may be accepted that it refuses."""
    return [
        other
        for other in allowed_origins(extra)
        if other.extra == origin.extra and other.region and other.region != origin.region
    ]


def right_base_url(region: str, origin: Origin, extra: Sequence[str] = ()) -> str:
    """The address of *region* to use instead of *origin*: among its own kind if there is one, else the regional one."""
    for other in allowed_origins(extra):
        if origin.extra and other.extra and other.region == region:
            return other.base_url
    return REGIONS[region].api


def _host(text: str) -> str:
    """The host of *text* in lower case, when nothing else in it speaks against it. Raises BaseUrlRefused."""
    _refuse_strange_characters(text)
    scheme, separator, rest = text.rpartition("://")
    if separator and scheme.lower() != "https":
        raise BaseUrlRefused("it must start with https://")
    authority, _, path = rest.partition("/")
    if path.strip("/"):
        raise BaseUrlRefused("leave out everything after the host")
    host, colon, port = authority.partition(":")
    if colon and port != "443":
        raise BaseUrlRefused("leave out the port")
    return host.lower().removesuffix(".")


def _refuse_strange_characters(text: str) -> None:
    if len(text) > LONGEST_ADDRESS:
        raise BaseUrlRefused("this is too long")
    if "@" in text:
        raise BaseUrlRefused("leave out user name and password")
    if not PLAIN_CHARACTERS.issuperset(text):
        raise BaseUrlRefused("this holds a character that none of them has")


def _extra_origin(entry: str) -> Origin:
    name, separator, address = entry.partition("=")
    if not separator:
        name, address = "", entry
    region = name.strip().lower()
    if region and region not in REGIONS:
        raise ValueError(f"INTERCOM_EXTRA_BASE_URLS: {name!r} is no region; use us, eu or au.")
    parts = urlsplit(address.strip())
    plain = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError(f"INTERCOM_EXTRA_BASE_URLS: {address!r} is no origin like http://127.0.0.1:9001.")
    if address.strip().rstrip("/") != plain:
        raise ValueError(f"INTERCOM_EXTRA_BASE_URLS: {address!r} has more than scheme, host and port.")
    return Origin(base_url=plain, region=region, extra=True)
