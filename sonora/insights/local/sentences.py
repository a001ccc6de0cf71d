"""Sentences of a text, as they stand in it."""

import re

LOOKED_AT = 6_000  # characters
MOST = 40  # sentences of a text that are looked at
FEWEST_LETTERS = 2

_END = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][\"')\]])\s+|\n+|(?<=[。！？])")


def sentences(text: str) -> list[str]:
    """The sentences of *text* that hold words, in order; the whole text where there is only one."""
    parts = [part.strip() for part in _END.split(text[:LOOKED_AT])]
    return [part for part in parts if sum(letter.isalpha() for letter in part[:100]) >= FEWEST_LETTERS][:MOST]
