"""What a question says in vain, as runs of the words that were typed. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from sonora.chat.interpreter.reply import Ignored, Why
from sonora.chat.interpreter.spans import Kind, Span
from sonora.chat.interpreter.tokens import Question

BETWEEN = {Kind.NOTHING, Kind.CUE, Kind.AND, Kind.OR, Kind.COMMA, Kind.BY}
SHOWN = 100  # characters of what is behind all that is read


def together(question: Question, ignored: Sequence[tuple[Span, Ignored]], spans: Sequence[Span]) -> list[Ignored]:
    """*ignored* in the order of the question; what follows each other, or has only small words between, as one."""
    small = {place for span in spans if span.kind in BETWEEN for place in range(span.first, span.last)}
    runs: list[tuple[Span, Ignored]] = []
    for span, one in sorted(ignored, key=lambda pair: pair[0].first):
        if runs and _continues(runs[-1], (span, one), small):
            run = replace(runs[-1][0], last=max(span.last, runs[-1][0].last))
            runs[-1] = (run, replace(one, words=question.words(run.first, run.last), denied=""))
        else:
            runs.append((span, one))
    rest = [Ignored(_shortened(question.rest), Why.LONG)] if question.rest else []
    return [one for _, one in runs] + rest


def _continues(run: tuple[Span, Ignored], other: tuple[Span, Ignored], small: set[int]) -> bool:
    between = range(run[0].last, other[0].first)
    plain = not run[1].options and not other[1].options
    return run[1].why is other[1].why and plain and all(place in small for place in between)


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
