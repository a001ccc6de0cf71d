"""Words, runs of words and pieces of words of a text: what the linear tier counts."""

import re
from collections.abc import Iterator
from itertools import pairwise

WORD = re.compile(r"\w+(?:'\w+)?|[!?]+|\+1|\"|[:/%]")
_DIGITS = re.compile(r"\d+")
LONGEST_WORD = 30  # characters; longer ones are keys and hashes


def words(lowered: str) -> list[str]:
    """The tokens of a plain text in small letters; all numbers look alike."""
    return [word[:LONGEST_WORD] for word in WORD.findall(_DIGITS.sub("0", lowered))]


def runs(tokens: list[str]) -> Iterator[str]:
    """Every token, every two and every three in a row; the ends of the text count as a token."""
    yield from tokens
    ended = ["^", *tokens, "$"]
    for first, second in pairwise(ended):
        yield f"{first} {second}"
    for first, second, third in zip(ended, ended[1:], ended[2:], strict=False):
        yield f"{first} {second} {third}"


def pieces(token: str) -> tuple[str, ...]:
    """Every two to five characters in a row of a token with its ends marked."""
    marked = f"<{token}>"
    return tuple(marked[at : at + size] for size in (2, 3, 4, 5) for at in range(len(marked) - size + 1))
