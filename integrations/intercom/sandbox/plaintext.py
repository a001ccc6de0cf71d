"""HTML of a message → the text that `display_as=plaintext` gives."""

import html
import re

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|blockquote)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def plain_text(body: str) -> str:
    """The words of *body*: blocks become lines, a link becomes `label (address)`."""
    linked = _LINK.sub(r"\2 (\1)", body)
    lines = _TAG.sub("", _BREAK.sub("\n", linked)).split("\n")
    return html.unescape("\n".join(line.strip() for line in lines)).strip()
