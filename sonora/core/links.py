"""Where a link in somebody's message leads, read so that no browser reads it otherwise."""

import re
from typing import NamedTuple
from urllib.parse import quote

LONGEST = 8_192
ADDRESS = re.compile(r"(https?)://([^\s/?#\\@<>\"'`{}|^%\[\]]{1,260})([/?#].*)?", re.IGNORECASE | re.DOTALL)
MAIL = re.compile(r"mailto:([A-Za-z0-9.!#$*+/=_~-]+@[A-Za-z0-9.-]+)(?:\?.*)?", re.IGNORECASE | re.DOTALL)
HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?(?::[0-9]{1,5})?")
IGNORED = re.compile(r"[\t\r\n\f]")  # browsers take these out of an address
AMBIGUOUS = frozenset("ß\u03c2\u200c\u200d")  # looked up differently by old and new rules
KEPT = "/?#[]@!$&'()*+,;=:%-._~"


class Link(NamedTuple):
    """A link that may be shown: its address and the words that say where it leads."""

    href: str
    place: str  # the host as it is looked up, or the mail address


def read(href: str) -> Link | None:
    """The link that *href*, already decoded, makes; None when it leads anywhere but to http, https or one mail address.

    User names before the host, which make one host look like another, and hosts that are no names are refused; letters
    outside ASCII in the host are shown as they are looked up (``xn--…``).
    """
    href = IGNORED.sub("", href[: LONGEST + 1]).strip()
    if len(href) > LONGEST:
        return None
    if mail := MAIL.fullmatch(href):
        return Link(href=f"mailto:{mail[1]}", place=mail[1])
    web = ADDRESS.fullmatch(href)
    host = _looked_up(web[2]) if web else ""
    if not web or not HOST.fullmatch(host):
        return None
    return Link(href=f"{web[1].lower()}://{host}{quote(web[3] or '', safe=KEPT)}", place=host)


def says_where(words: str, link: Link) -> bool:
    """Whether *words*, what the link shows, already name the place that it leads to."""
    shown = words.strip().removeprefix("mailto:")
    shown = re.sub(r"^https?://", "", shown, flags=re.IGNORECASE)
    if "@" in link.place or len(shown.split()) != 1:
        return shown == link.place
    return re.split(r"[/?#]", shown, maxsplit=1)[0].lower() == link.place


def _looked_up(host: str) -> str:
    if AMBIGUOUS & set(host):
        return ""
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
