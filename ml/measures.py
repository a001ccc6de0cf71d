"""How good labels are: F1 by class, macro-F1, the best threshold, correlation."""

from collections.abc import Sequence

import numpy as np


def f1(said: Sequence[bool], true: Sequence[bool]) -> float:
    both = sum(one and other for one, other in zip(said, true, strict=True))
    return 2 * both / max(1, sum(said) + sum(true))


def macro_f1(said: Sequence[str], true: Sequence[str]) -> float:
    """The mean of the F1 of every label that is *true* somewhere."""
    labels = sorted(set(true))
    return sum(f1([one == label for one in said], [one == label for one in true]) for label in labels) / len(labels)


def correlation(first: Sequence[float], second: Sequence[float]) -> float:
    return float(np.corrcoef(first, second)[0, 1])
