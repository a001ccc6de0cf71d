"""What is read out of one text of a customer: how it feels and whether it asks for something new. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Label(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one text says.

    *score* is −1 … 1, *confidence* of the label 0 … 1, *sentence* the part of the text that the label rests on;
    *request* is the calibrated probability that the text asks for a feature, *quote* the asking words as they stand in
    the text, None when it does not ask. *by* is the version of the reader that gave it, empty when it is that of the
    reader which was asked.
    """

    label: Label
    score: float
    confidence: float
    sentence: str
    request: float
    quote: str | None
    by: str = ""


class Reader(Protocol):
    """Reads customers' words; two readers of the same *version* give the same readings."""

    @property
    def version(self) -> str: ...

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each of *texts* (a customer's own words, plain), in order; takes any text, raises nothing."""
