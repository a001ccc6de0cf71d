"""What went wrong in a run, grouped by cause: a thousand records with one fault are one line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_EXAMPLE = re.compile(r"\([^()]*\)")  # what differs between two sentences of one cause stands in brackets


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One cause: the first sentence that told it, and how often it was told."""

    example: str
    count: int


def grouped(sentences: Iterable[str]) -> list[Issue]:
    """The causes behind *sentences*, in the order in which each was told first."""
    found: dict[str, list[str]] = {}
    for sentence in sentences:
        found.setdefault(_EXAMPLE.sub("", sentence), []).append(sentence)
    return [Issue(example=told[0], count=len(told)) for told in found.values()]
