"""The access token in what a person pasted."""

import re

from integrations.checks import NotUsable
from sonora.core.secret import SecretStr

SHAPE = re.compile(r"[A-Za-z0-9_=\-:.+/]{20,512}")
_BLANKS = " \t\r\n\N{NO-BREAK SPACE}"
_QUOTES = "'\"`‘’“”«»"


class TokenRefused(NotUsable):
    """The pasted text cannot be an access token. Holds the sentence for its field, never the text."""


def clean_token(typed: str) -> SecretStr:
    """The token in *typed*, without blanks, quotes and a `Bearer ` prefix around it.

    Raises TokenRefused when nothing is left, or what is left cannot be a token.
    """
    token = _peeled(typed)
    if not token:
        raise TokenRefused("Paste the access token.")
    if not SHAPE.fullmatch(token):
        raise TokenRefused("An access token has 20 to 512 letters, digits or = _ - . : + /. Copy it again.")
    return SecretStr(token)


def _peeled(text: str) -> str:
    """*text* without blanks, quotes and `Bearer` around it, in whatever order they were put there."""
    while True:
        peeled = text.strip(_BLANKS).strip(_QUOTES)
        if peeled[:6].lower() == "bearer" and (len(peeled) == 6 or peeled[6] in _BLANKS + _QUOTES):
            peeled = peeled[6:]
        if peeled == text:
            return peeled
        text = peeled
