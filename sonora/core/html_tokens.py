"""HTML, well formed or not, as a run of texts, start tags and end tags, in time proportional to its length.

Written here because the standard library's parser takes quadratic time on some inputs, and because only what a message
needs is told apart. What is built on it must be safe whatever it yields: it is no browser.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from sonora.core.text import REPLACEMENT, clean_text

# Possessive (++, *+), so that no input makes the expression try anything twice; the end of the input ends every token.
TOKEN = re.compile(
    r"""
    <!--(?:-?>|.*?(?:--!?>|\Z))
    | <[!?][^>]*+>?
    | </([a-z][^\s/>]*+)[^>]*+>?
    | </[^>]*+>?
    | <([a-z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+)>?
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""([^\s/>=]++)\s*+(?:=\s*+(?:"([^"]*+)|'([^']*+)|([^\s>]*+)))?""")
LONGEST_ATTRIBUTES = 20_000  # characters; what stands behind them in a tag is not read

RAW = {  # the browser takes what is within for text, up to the end tag
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp")
}
SKIPPED = frozenset({"svg", "math", "template", "object", "applet", "noscript", "audio", "video", "canvas", "select"})
FOREIGN = frozenset({"svg", "math"})
ENDS_FOREIGN = frozenset({  # within svg and math these tags mean that the author forgot to close it
    "b", "blockquote", "br", "center", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "sub",
    "sup", "table", "u", "ul",
})  # fmt: skip

CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")
BARE_AMPERSAND = re.compile(r"&(?!#?[0-9a-z]++;)", re.IGNORECASE)  # in an address it begins the next parameter
LEADING_ZEROS = re.compile(r"&#(x?)0++(?=[0-9a-f])", re.IGNORECASE)
HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}+|x[0-9a-f]{7,}+);?", re.IGNORECASE)


class Token(NamedTuple):
    """A run of text, still with its entities, when *name* is empty; else a tag."""

    text: str = ""
    name: str = ""  # in small letters
    is_end: bool = False
    attributes: str = ""  # as written; `attribute` reads them


def tokens(markup: str) -> Iterator[Token]:
    """What *markup* consists of, without comments and without all that is not shown: scripts, styles, drawings, …"""
    markup = CONTROL.sub("", clean_text(markup))
    last = markup.rfind(">")  # a "<" behind it begins no tag but is a sign in a text that was cut
    skipped, depth, start, position = "", 0, 0, 0
    while (found := TOKEN.search(markup, position)) and found.start() < last:
        if found.start() > start and not skipped:
            yield Token(markup[start : found.start()])
        position = start = found.end()
        end_name, name, attributes = found.groups("")
        end_name, name = end_name.lower(), name.lower()
        if skipped:
            depth += (name == skipped) - (end_name == skipped)
            left_open = skipped in FOREIGN and name in ENDS_FOREIGN
            if depth and not left_open:
                continue
            skipped = ""
            if not left_open:
                continue
        if name in RAW:
            position = start = _end_of_raw(markup, name, position)
        elif name in SKIPPED:
            is_empty = name in FOREIGN and attributes.endswith("/")
            skipped, depth = ("", 0) if is_empty else (name, 1)
        elif name or end_name:
            yield Token("", name or end_name, not name, attributes)
    if start < len(markup) and not skipped:
        yield Token(markup[start:])


def attribute(attributes: str, wanted: str) -> str | None:
    """The value of the first attribute called *wanted*, decoded; None when the tag has none."""
    for found in ATTRIBUTE.finditer(attributes[:LONGEST_ATTRIBUTES]):
        if found[1].lower() == wanted:
            value = found[2] or found[3] or found[4] or ""
            return decoded(BARE_AMPERSAND.sub("&amp;", value))
    return None


def decoded(text: str) -> str:
    """*text* with its entities replaced by what they stand for, once."""
    if "&" not in text:
        return text
    # html.unescape reads digits of any number as one integer, and Python refuses an integer of 4,300 digits.
    return html.unescape(HUGE_NUMBER.sub(REPLACEMENT, LEADING_ZEROS.sub(r"&#\1", text)))


def _end_of_raw(markup: str, name: str, position: int) -> int:
    end = RAW[name].search(markup, position)
    return end.start() if end else len(markup)
