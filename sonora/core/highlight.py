"""The passage of a message that a conclusion rests on, marked where it stands."""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.safestring import SafeString, mark_safe

PIECE = re.compile(r'(<(?:[^">]|"[^"]*")*>)|(&#?\w+;)|(.)', re.DOTALL)
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def marked(shown: SafeString, passage: str) -> SafeString:
    """*shown* (sanitised markup) with the first place where it says *passage* (plain text) in ``<mark>``.

    Blanks and tags in between do not count, so a passage may run over links and lines. As it came when it is not found.
    """
    wanted = _bare(passage)
    letters, places = _letters(shown)
    start = letters.find(wanted) if wanted else -1
    if start < 0:
        return shown
    first, last = places[start][0], places[start + len(wanted) - 1][1]
    middle = "".join(_around(piece) for piece in re.split(r'(<(?:[^">]|"[^"]*")*>)', shown[first:last]))
    return mark_safe(shown[:first] + middle + shown[last:])  # noqa: S308 - nothing but our own tag is added


def _around(piece: str) -> str:
    """Marks stand between tags, never around them: so they close in order."""
    return piece if piece.startswith("<") or not piece.strip() else f"<mark>{piece}</mark>"


def _letters(shown: str) -> tuple[str, list[tuple[int, int]]]:
    """What *shown* says without blanks, and where in it each letter begins and ends."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for text, start, end in _texts(shown):
        bare = _bare(text)
        letters.append(bare)
        places += [(start, end)] * len(bare)
    return "".join(letters), places


def _texts(shown: str) -> Iterator[tuple[str, int, int]]:
    for found in PIECE.finditer(shown):
        _, entity, character = found.groups()
        if entity or character:
            yield unescape(entity) if entity else character, found.start(), found.end()


def _bare(text: str) -> str:
    return "".join(text.translate(INVISIBLE).split())
