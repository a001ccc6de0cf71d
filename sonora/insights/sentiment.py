"""From three scores of a text to how it feels. Pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sonora.insights.reading import Label

LABELS = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)  # in the order of the models' scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """*score* is −1 … 1, *confidence* that of the label, 0 … 1."""

    label: Label
    score: float
    confidence: float


def feeling(scores: Iterable[float], *, warmth: float) -> Feeling:
    """What three *scores* (logits, in the order of LABELS) say, sharpened or softened by *warmth*.

    The score is the probability of positive less that of negative.
    """
    negative, neutral, positive = _probabilities([float(score) * warmth for score in scores])
    confidence, best = max((negative, 0), (neutral, 1), (positive, 2))
    return Feeling(label=LABELS[best], score=round(positive - negative, 4), confidence=round(confidence, 4))


def _probabilities(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    raised = [math.exp(score - highest) for score in scores]
    return [one / sum(raised) for one in raised]
