"""From a score of a text to whether it asks for a feature. Pure."""

import math

LARGEST = 60.0  # of a score: e to the power of more is no number


def probability(score: float, *, slope: float, offset: float) -> float:
    """The calibrated probability, 0 … 1, that a text with this *score* (a logit) asks for a feature."""
    inclined = max(-LARGEST, min(LARGEST, slope * score + offset))
    return round(1 / (1 + math.exp(-inclined)), 4)
