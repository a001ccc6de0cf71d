"""A message as lines that know whether they are quoted."""

import re
from dataclasses import dataclass

from sonora.core.html import plain_text
from sonora.core.text import REPLACEMENT, clean_text
from sonora.insights.text.elements import parts

# A plain text may hold <an address> or 1 < 2: only a tag that mail programs write makes it HTML.
HTML = re.compile(
    r"<(?:/?(?:p|div|br|span|em|strong|html|body|table|tr|td|ul|ol|li|h[1-6]|pre|code|font|blockquote)(?=[\s/>])"
    r"|/?[abiu]>|a\s+\w+=|img\s|!doctype|!--)",
    re.IGNORECASE,
)
# Zero-width signs, soft hyphens, marks of direction; the joiners stay: Persian words and emoji consist of them.
INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f{REPLACEMENT}]")
BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
QUOTED = re.compile(r"\s*>(?!\d|=)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without blanks at its ends; *quoted* when somebody wrote it before this message."""

    text: str
    quoted: bool = False


def lines(message: str) -> list[Line]:
    """The lines of *message*, HTML or plain text, without signs that nobody sees."""
    if HTML.search(message) is None:
        return _lines(message, quoted=False)
    return [line for part in parts(message) for line in _lines(plain_text(part.markup), quoted=part.quoted)]


def _lines(text: str, *, quoted: bool) -> list[Line]:
    text = INVISIBLE.sub("", CONTROL.sub("", clean_text(text)))
    found = (line.strip() for line in BREAK.split(text))
    return [Line(line, quoted or QUOTED.match(line) is not None) for line in found]
