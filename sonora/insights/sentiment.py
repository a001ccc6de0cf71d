"""From three scores of a text to how it feels. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sonora.insights.reading import Label

LABELS = (Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE)  # in the order of the models' scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """*score* is −1 … 1, *confidence* that of the label, 0 … 1."""

    label: Label
    score: float
    confidence: float


def feeling(scores: NDArray[np.float32], *, warmth: float) -> Feeling:
    """What three *scores* (logits, in the order of LABELS) say, sharpened or softened by *warmth*.

    The score is the probability of positive less that of negative.
    """
    negative, neutral, positive = (float(one) for one in _probabilities(scores * warmth))
    best = max(zip((negative, neutral, positive), range(3), strict=True))[1]
    return Feeling(
        label=LABELS[best],
        score=round(positive - negative, 4),
        confidence=round((negative, neutral, positive)[best], 4),
    )


def _probabilities(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = raised / raised.sum()
    return shares
