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


def _is_somebody(question: Question, spans: Sequence[Span], place: int) -> bool:
    token = question.tokens[spans[place].first]
    before = next((one for one in reversed(spans[:place]) if one.kind is not Kind.NOTHING), None)
    is_announced = before is not None and before.kind is Kind.CUE and before.value.startswith(SOMEBODY)
    has_capital = place > 0 and question.text[token.start].isupper()
    return token.sign != "#" and (is_announced or has_capital or token.sign == "@" or question.is_possessive(token))
