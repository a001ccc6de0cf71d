"""Nouns that are not what a question asks for: they only tell about a word beside them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sonora.chat.interpreter.choosing import chosen
from sonora.chat.interpreter.spans import Kind, Span

CUE_OF_NOUN = {
    "customers": "customer!",
    "people": "person!",
    "requests": "request!",
    "tags": "tag!",
    "teammates": "teammate!",
    "segments": "segment!",
}
KINDS = {"tags", "segments", "teammates", "requests"}  # customers and people are what is asked for
VALUES = {"sentiment": Kind.SENTIMENT, "states": Kind.STATE}
WITH_WHOM = {"customer person", "person teammate customer"}  # from, for, at · with, to
BETWEEN = {
    *(Kind.NOTHING, Kind.NAME, Kind.UNKNOWN, Kind.NOT, Kind.STATE, Kind.SENTIMENT),
    *(Kind.ROLE, Kind.ENGAGEMENT, Kind.CHAMPION, Kind.RHYTHM),
}  # what may stand between "from" and its noun
AFTER_A_WISH = {None, Kind.DATE, Kind.DATED, Kind.REFUSED, Kind.RANK}


def arranged(spans: Sequence[Span]) -> Iterator[Span]:
    """*spans* without nouns that say with whom; what tells behind a name what it is of stands before it."""
    for place, span in enumerate(spans):
        behind = spans[place + 1] if place + 1 < len(spans) else None
        if behind and _tells_kind(span, behind):
            yield replace(behind, kind=Kind.CUE, value=CUE_OF_NOUN[behind.value])
        if _wishes(spans, place):
            yield replace(span, kind=Kind.WISH)
        elif not (place and _tells_kind(spans[place - 1], span)) and not _only_describes(spans, place):
            yield span


def _tells_kind(before: Span, noun: Span) -> bool:
    """Whether *noun*, right behind a name, only says what the name is of: "the Billing tag", "the Starter segment"."""
    is_next = noun.kind is Kind.NOUN and noun.value in KINDS and before.kind is Kind.NAME and before.last == noun.first
    return is_next and bool(chosen(before.value, CUE_OF_NOUN[noun.value]))


def _wishes(spans: Sequence[Span], place: int) -> bool:
    """Whether somebody asks for something at *place*, and nothing says what: "what did Halden ask for?"."""
    span = spans[place]
    return span.kind is Kind.CUE and span.value == "request!" and _following(spans, place) in AFTER_A_WISH


def _only_describes(spans: Sequence[Span], place: int) -> bool:
    if spans[place].kind is Kind.ASKING:
        return _is_relative(spans, place)
    return spans[place].kind is Kind.NOUN and (_is_attribute(spans, place) or _says_with_whom(spans, place))


def _is_relative(spans: Sequence[Span], place: int) -> bool:
    """Whether "who" at *place* asks nothing, but says more of the people before it: "champions who went quiet"."""
    before = spans[place - 1] if place else None
    return spans[place].value == "who" and before is not None and before.kind in {Kind.CHAMPION, Kind.ROLE}


def _is_attribute(spans: Sequence[Span], place: int) -> bool:
    """Whether the noun at *place* only says of what the word behind it is one: "sentiment is negative"."""
    kind = VALUES.get(spans[place].value)
    return kind is not None and _following(spans, place) is kind


def _says_with_whom(spans: Sequence[Span], place: int) -> bool:
    """Whether the noun at *place* is not asked for, but who others talk with: "anything from unhappy customers"."""
    if spans[place].value not in {"customers", "people"} or _following(spans, place) in {Kind.NAME, Kind.QUOTE}:
        return False
    before = next((span for span in reversed(spans[:place]) if span.kind not in BETWEEN), None)
    return before is not None and before.kind is Kind.CUE and before.value in WITH_WHOM


def _following(spans: Sequence[Span], place: int) -> Kind | None:
    return next((one.kind for one in spans[place + 1 :] if one.kind is not Kind.NOTHING), None)
