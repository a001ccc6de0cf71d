"""Sentences of a text, as they stand in it."""

import re

LOOKED_AT = 6_000  # characters
MOST = 40  # sentences of a text that are looked at

_END = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"')\]])\s+|\n+|(?<=[。！？])")

_WORDED = re.compile(r"[^\W\d_].{0,20}[^\W\d_]|[\u2e80-\U0002ffff]")  # two letters, or one that is a word by itself


def sentences(text: str) -> list[str]:
    """The sentences of *text* that hold words, in order; the whole text where there is only one."""
    parts = [part.strip() for part in _END.split(text[:LOOKED_AT])]
    return [part for part in parts if _WORDED.search(part)][:MOST]
