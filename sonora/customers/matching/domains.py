"""The domain that a firm owns, of a website or an e-mail address.

What stands below a public suffix (co.uk, github.io) is somebody's; the suffix itself, free mail and hosts of anybody's
pages are nobody's. Every function is linear in the length of its text.
"""

from functools import cache, lru_cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList

from sonora.customers.matching.mail_hosts import DOMAINS, LABELS, PAGES

LONGEST = 253  # characters of a host name (RFC 1035)


def of_website(text: str) -> str:
    """The domain of an address such as https://www.acme.co.uk/about (acme.co.uk); "" where it names no firm."""
    start, scheme, rest = text.strip()[:2000].partition("://")
    host = (rest if scheme else start).replace("\\", "/").split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return _owned(host.rpartition("@")[2].partition(":")[0])


def of_email(address: str) -> str:
    """The domain of an e-mail address; "" for free mail and for what is no address."""
    local, at, host = address.strip().rpartition("@")
    return _owned(host) if at and local and "@" not in local else ""


def label(domain: str) -> str:
    """What stands before the public suffix: acme of acme.co.uk."""
    return domain.partition(".")[0]


def known(name: str) -> str:
    """The domain that *name* is, if it reads as one with an ending that exists (Monday.com); else ""."""
    host = name.strip().lower().removeprefix("www.")
    if "." not in host or len(host) > LONGEST or _suffixes().publicsuffix(host, accept_unknown=False) is None:
        return ""
    return _owned(host)


def _owned(host: str) -> str:
    host = host.strip().strip(".").lower()
    if not host or len(host) > LONGEST or "." not in host or _is_address(host):
        return ""
    return _registered(host)


@lru_cache(maxsize=20_000)
def _registered(host: str) -> str:
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    if not all(letter.isalnum() or letter in "-._" for letter in ascii_host):
        return ""
    domain: str = _suffixes().privatesuffix(ascii_host) or ""
    return "" if domain in DOMAINS or domain in PAGES or label(domain) in LABELS else domain


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> PublicSuffixList:
    """The list of https://publicsuffix.org, as the library ships it; read once."""
    return PublicSuffixList()
