"""The words of a question cut into spans, the longest reading first. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sonora.chat.interpreter import dates, phrases
from sonora.chat.interpreter.choosing import ONLY_TEXT, TAGS, TEXT, chosen, signed_as
from sonora.chat.interpreter.dates import Refused
from sonora.chat.interpreter.names import Places
from sonora.chat.interpreter.nouns import CUE_OF_NOUN
from sonora.chat.interpreter.numbers import NUMBERS
from sonora.chat.interpreter.said import STANDING
from sonora.chat.interpreter.spans import Kind, Span
from sonora.chat.interpreter.stretches import WEEKDAYS
from sonora.chat.interpreter.tokens import Question

CHOSEN = {Kind.STATE, Kind.SENTIMENT, Kind.ROLE, *STANDING}  # what conversations and people are, besides their names


def spans(question: Question, named: Places, *, today: date) -> list[Span]:
    """Every word of *question* in one span. Where two readings are equally long, words of questions come before names
    unless a name is expected.
    """
    names = _by_start(named)
    found: list[Span] = []
    place = 0
    while place < len(question.tokens):
        readings = _readings(question, place, names, today)
        if found and _expects(found[-1], readings):
            readings.reverse()
        span = max(readings, key=lambda one: one.last, default=None) or _word(question, place)
        if found and (_is_no_tag(found[-1], span) or _is_a_day_of_its_own(found[-1], span, question)):
            span = replace(span, kind=Kind.UNKNOWN, value=None)
        found.append(_run_on(found, span, question))
        place = span.last
    return found


def _readings(question: Question, place: int, names: Mapping[int, list[Span]], today: date) -> list[Span]:
    token = question.tokens[place]
    named = _names(names, place, is_quoted=token.is_quoted)
    if not token.sign:
        return [*_phrase(question, place, today), *named]
    signed = [(span, signed_as(span.value, token.sign)) for span in named]
    return [replace(span, value=meant) for span, meant in signed if meant]


def _run_on(found: list[Span], span: Span, question: Question) -> Span:
    """*span*, together with the span before it where both are one run of words that are unknown or to be looked for."""
    is_text = len(found) > 1 and looks(found[-2])
    if found and span.kind is Kind.UNKNOWN and found[-1].kind is Kind.UNMATCHED:
        return Span(Kind.UNKNOWN, found.pop().first, span.last)  # "without customer reply"
    if found and found[-1].kind is Kind.UNKNOWN and question.is_possessive(question.tokens[found[-1].last - 1]):
        return span
    if (
        found
        and span.kind is Kind.UNKNOWN
        and (found[-1].kind is Kind.UNKNOWN or (is_text and found[-1].kind is Kind.NAME))
    ):
        return Span(Kind.UNKNOWN, found.pop().first, span.last)
    if is_text and span.kind in {Kind.NAME, Kind.NOUN} and found[-1].kind is Kind.UNKNOWN:
        return Span(Kind.UNKNOWN, found.pop().first, span.last)
    if found and _is_looked_for(found[-1], span):
        return replace(span, kind=Kind.UNKNOWN, value=None)
    return span


def _is_looked_for(before: Span, span: Span) -> bool:
    """Whether *span* is not what it says, but words that are looked for: "about chats", "mentioning closed"."""
    words = {Kind.NOUN, Kind.NOT} | (CHOSEN - {Kind.SENTIMENT} if before.value == ONLY_TEXT else set())
    return looks(before) and span.kind in words


def looks(before: Span) -> bool:
    """Whether words are looked for behind *before*."""
    return before.kind is Kind.SENTIMENT_TEXT or (before.kind is Kind.CUE and before.value in {TEXT, ONLY_TEXT})


def _is_no_tag(before: Span, span: Span) -> bool:
    """Whether *span* stands where a tag is announced, and no tag is called so: "tagged open" is not said of states."""
    is_word = span.kind in CHOSEN or (span.kind is Kind.NOUN and span.value in {"requests", "sentiment", "states"})
    return before.kind is Kind.CUE and before.value in TAGS and is_word


def _is_a_day_of_its_own(before: Span, span: Span, question: Question) -> bool:
    """Whether *span* is a weekday that an unknown word makes another day of: Black Friday."""
    return before.kind is Kind.UNKNOWN and span.kind is Kind.DATE and question.tokens[span.first].key in WEEKDAYS


def _expects(before: Span, readings: list[Span]) -> bool:
    """Whether a name is among *readings* where *before* announces one; a noun only announces names of its own kind."""
    names = [span.value for span in readings if span.kind is Kind.NAME]
    if before.kind is Kind.CUE:
        return bool(names) and before.value.endswith("!")
    return before.kind is Kind.NOUN and any(chosen(some, CUE_OF_NOUN.get(before.value, "!")) for some in names)


def _by_start(named: Places) -> Mapping[int, list[Span]]:
    spans: Mapping[int, list[Span]] = defaultdict(list)
    for (first, last), names in named.items():
        spans[first].append(Span(Kind.NAME, first, last, names))
    return spans


def _phrase(question: Question, place: int, today: date) -> list[Span]:
    readings = []
    if time := dates.at(question.tokens, place, today):
        kind = Kind.REFUSED if isinstance(time[0], Refused) else Kind.DATE
        readings.append(Span(kind, place, time[1], time[0]))
    if meaning := phrases.at(question.tokens, place):
        readings.append(Span(meaning[0][0], place, meaning[1], meaning[0][1]))
    return readings


def _names(names: Mapping[int, list[Span]], place: int, *, is_quoted: bool) -> list[Span]:
    return [span for span in names.get(place, ()) if not is_quoted or span.last == place + 1]


def _word(question: Question, place: int) -> Span:
    token = question.tokens[place]
    if token.sign:
        return Span(Kind.UNKNOWN, place, place + 1)
    if token.is_quoted:
        return Span(Kind.QUOTE, place, place + 1, question.words(place, place + 1))
    if question.text[: token.start].endswith("="):  # "1=1" counts nothing
        return Span(Kind.UNKNOWN, place, place + 1)
    if token.key.isascii() and token.key.isdecimal() and len(token.key) < 7:
        return Span(Kind.NUMBER, place, place + 1, int(token.key))
    if token.key in NUMBERS:
        return Span(Kind.NUMBER, place, place + 1, NUMBERS[token.key])
    return Span(Kind.UNKNOWN, place, place + 1)
