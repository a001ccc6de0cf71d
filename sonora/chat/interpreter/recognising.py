"""Names that are not written as they stand: by their first word alone, or without their accents."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sonora.chat.interpreter.lookup import Lookup
from sonora.chat.interpreter.scanning import looks
from sonora.chat.interpreter.spans import Kind, Span
from sonora.chat.interpreter.tokens import Question

LONGEST = 4  # words
MOST = 6  # runs of one question that are looked up
SOMEBODY = ("person", "teammate", "customer")


def recognised(question: Question, spans: Sequence[Span], known: Lookup) -> list[Span]:
    """*spans*, those of unknown words that can only be a name as spans of names.

    One word may be the first of a name where somebody is announced, where it is a possessive ("Mia's queue"), or where
    it is written with a capital within the question. Of several words the whole name must be there.
    """
    found = list(spans)
    for place in list(_unknown(spans))[:MOST]:
        span = spans[place]
        words = question.words(span.first, span.last)
        names = known.called(words) if span.last - span.first > 1 or _is_somebody(question, spans, place) else []
        if names:
            found[place] = replace(span, kind=Kind.NAME, value=tuple(names))
    return found


def _unknown(spans: Sequence[Span]) -> Iterator[int]:
    for place, span in enumerate(spans):
        if span.kind is Kind.UNKNOWN and span.last - span.first <= LONGEST and not (place and looks(spans[place - 1])):
            yield place


def _announces(before: Sequence[Span]) -> bool:
    """Whether somebody may follow *before*: behind "with" or "compare", or "and" behind another one."""
    said = [one for one in before if one.kind is not Kind.NOTHING][-2:]
    if not said:
        return False
    if said[-1].kind in {Kind.AND, Kind.OR, Kind.COMMA}:
        return said[0].kind is Kind.NAME and any(name.kind in SOMEBODY for name in said[0].value)
    is_cue = said[-1].kind is Kind.CUE and said[-1].value.startswith(SOMEBODY)
    return is_cue or (said[-1].kind is Kind.INTENT and said[-1].value == "compare")


def _is_somebody(question: Question, spans: Sequence[Span], place: int) -> bool:
    token = question.tokens[spans[place].first]
    is_announced = _announces(spans[:place])
    has_capital = place > 0 and question.text[token.start].isupper()
    return token.sign != "#" and (is_announced or has_capital or token.sign == "@" or question.is_possessive(token))
