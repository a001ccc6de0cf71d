"""Where the words end and the signature begins."""

import re

from sonora.insights.text.closings import DEVICE, FAREWELLS, PARTICLES, THANKS
from sonora.insights.text.lines import Line

MOST_LINES = 14  # of a signature, empty ones not counted
LONGEST = 120  # characters of a line in a signature
LONGEST_NAME = 60
DELIMITER = re.compile(r"--|—")
RULE = re.compile(r"[-_=*–—]{3,}")  # with nothing below: the line above a history that was cut
POSTSCRIPT = re.compile(r"p\.?\s?(?:p\.?\s?)?s\b\.?\s*[:.,–-]?\s*\w", re.IGNORECASE)
ENDING = ".,!;:–—- …"
CONTACT = re.compile(
    r"(?:tel|telefon|téléphone|phone|mobile?|mob|cell|fax|web|e-?mail|office|direct|[tmpfew])\s?[.:]\s?\S.*"
    r"|[+(]?\d[\d\s()/.-]{6,24}|(?:https?://|www\.)\S{3,80}|\S{1,60}@\S{3,60}",
    re.IGNORECASE,
)


def without_signature(lines: list[Line]) -> list[Line]:
    """*lines* without the signature at their end and without what a phone adds; a postscript below it stays."""
    lines = [line for line in lines if not _is_device(line.text)]
    for at in _candidates(lines):
        below = [line for line in lines[at + 1 :] if line.text]
        if _is_signature(lines[at].text, [line.text for line in below if not POSTSCRIPT.match(line.text)]):
            return _above(lines, at) + [line for line in below if POSTSCRIPT.match(line.text)]
    return _without_contact_block(lines)


def _above(lines: list[Line], at: int) -> list[Line]:
    """What stands above the signature that begins at *at*; where that is nothing, the thanks that it begins with."""
    says_thanks = _closing(lines[at].text)[0] in THANKS and not any(line.text for line in lines[:at])
    return lines[: at + says_thanks]


def _candidates(lines: list[Line]) -> list[int]:
    """The last lines with words, first one first."""
    found: list[int] = []
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].text:
            found.append(at)
        if len(found) > MOST_LINES:
            break
    return found[::-1]


def _is_signature(first: str, below: list[str]) -> bool:
    if RULE.fullmatch(first):
        return not below
    if DELIMITER.fullmatch(first):
        return all(len(text) <= LONGEST and not text.endswith("?") for text in below)
    closing, rest = _closing(first)
    if not closing or (rest and not _is_name(rest)):
        return False
    if closing in FAREWELLS:
        return all(len(text) <= LONGEST and not text.endswith("?") for text in below)
    return bool(below or rest) and all(_is_name(text) or CONTACT.fullmatch(text) for text in below)


def _closing(text: str) -> tuple[str, str]:
    """The closing words that *text* begins with and what follows them; empty when it begins with none."""
    if len(text) > LONGEST:
        return "", ""
    whole = text.strip(ENDING).casefold()
    if whole in FAREWELLS or whole in THANKS:
        return whole, ""
    head, comma, rest = text.partition(",")
    head = head.strip(ENDING).casefold()
    return (head, rest.strip(ENDING)) if comma and (head in FAREWELLS or head in THANKS) else ("", "")


def _is_name(text: str) -> bool:
    """Names, titles and places: each word with a capital, no sentence's end."""
    if len(text) > LONGEST_NAME or text.endswith(("!", "?")):
        return False
    words = [word.strip(".,|()&/-–·•") for word in text.split()]
    words = [word for word in words if word]
    is_alone = len(words) == 1 and text == text.strip(".")
    return is_alone or all(not word[0].islower() or word.casefold() in PARTICLES for word in words)


def _is_device(text: str) -> bool:
    return len(text) <= LONGEST and DEVICE.fullmatch(text.strip(ENDING)) is not None


def _without_contact_block(lines: list[Line]) -> list[Line]:
    """*lines* without a last paragraph that is a name above a telephone number or an address."""
    at = len(lines)
    while at and not lines[at - 1].text:
        at -= 1
    end = at
    while at and lines[at - 1].text and end - at <= MOST_LINES:
        at -= 1
    block = [line.text for line in lines[at:end]]
    has_contact = any(len(text) <= LONGEST and CONTACT.fullmatch(text) for text in block[1:])
    if has_contact and all(_is_name(text) or CONTACT.fullmatch(text[: LONGEST + 1]) for text in block):
        return lines[:at]
    return lines
