"""Which elements of an HTML mail hold what was written before, or a signature. Each mail program marks its own way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sonora.core.html_tokens import Token, attribute, tokens

# Gmail's div.gmail_quote is not here: answers between the quotes are in it, only its blockquotes are quoted.
QUOTING_CLASSES = frozenset({
    "gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra",
    "gmail_signature", "moz-signature", "protonmail_signature_block", "ms-outlook-mobile-signature",
})  # fmt: skip
QUOTING_IDS = frozenset({"signature", "ms-outlook-mobile-signature", "isforwardcontent", "reply-intro"})
# Outlook puts what was written before behind such an element, not into it.
LAST_IDS = frozenset({"appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container"})
PREFIX = re.compile(r"\A(?:x_)+")  # Outlook's, before the names that another mail program gave


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of *markup* that is quoted as a whole, or not at all."""

    markup: str
    quoted: bool


def parts(html: str) -> Iterator[Part]:
    """*html* in its order, split where quoting begins and ends. An element that is never closed quotes to the end."""
    markup: list[str] = []
    within, depth, ended = "", 0, False
    for token in tokens(html):
        if within:
            depth += (token.name == within) * (-1 if token.is_end else 1)
            markup.append(_written(token))
            if depth == 0:
                yield Part("".join(markup), quoted=True)
                within, markup = "", []
        elif not ended and (_quotes(token) or _is_last(token)):
            yield Part("".join(markup), quoted=False)
            markup = [_written(token)]
            ended = _is_last(token)
            within, depth = ("", 0) if ended else (token.name, 1)
        else:
            markup.append(_written(token))
    yield Part("".join(markup), quoted=bool(within) or ended)


def _quotes(token: Token) -> bool:
    if token.is_end or not token.name or token.name in {"br", "img", "hr"}:
        return False
    if token.name == "blockquote":
        return True
    return bool(_classes(token) & QUOTING_CLASSES) or _id(token) in QUOTING_IDS


def _is_last(token: Token) -> bool:
    return bool(token.name) and not token.is_end and _id(token) in LAST_IDS


def _classes(token: Token) -> set[str]:
    if "class" not in token.attributes.lower():
        return set()
    return {PREFIX.sub("", name) for name in (attribute(token.attributes, "class") or "").lower().split()}


def _id(token: Token) -> str:
    if "id" not in token.attributes.lower():
        return ""
    return PREFIX.sub("", (attribute(token.attributes, "id") or "").lower())


def _written(token: Token) -> str:
    if not token.name:
        return token.text
    return f"</{token.name}>" if token.is_end else f"<{token.name} {token.attributes}>"
