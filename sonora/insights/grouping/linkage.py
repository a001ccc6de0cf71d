"""Which vectors belong together, when all of them are there at once: average linkage."""

import numpy as np

from sonora.insights.embedding import Floats

MOST = 6_000  # vectors that are compared with each other; beyond, each joins the nearest group that is there
NEVER = -2.0  # below any cosine
ROUNDING = 1e-6  # of a product; without it a chain of equals could turn in circles


def clusters(vectors: Floats, *, least: float) -> list[int]:
    """For each of *vectors* (rows of length 1) the first row of its group.

    Groups are joined as long as the mean cosine between the vectors of two of them is *least* or more. The mean cosine
    is the product of the groups' means, so no table of all pairs is needed.
    """
    joining = _Joining(vectors[:MOST])
    joining.join(least)
    labels = joining.labels()
    for row in range(MOST, len(vectors)):
        labels.append(_nearest(vectors, labels, row, least))
    return labels


class _Joining:
    """Follows the nearest neighbour until two are nearest to each other: they are a pair in the tree of all pairs."""

    def __init__(self, vectors: Floats) -> None:
        self._means = np.array(vectors, dtype=np.float32)
        self._sizes = np.ones(len(vectors))
        self._open = np.ones(len(vectors), dtype=bool)
        self._parents = list(range(len(vectors)))

    def join(self, least: float) -> None:
        chain: list[int] = []
        while self._open.any():
            chain = chain or [int(np.argmax(self._open))]
            self._step(chain, least)

    def _step(self, chain: list[int], least: float) -> None:
        """One more in the *chain*, or its last two joined, or its last one done."""
        last = chain[-1]
        likeness = np.where(self._open, self._means @ self._means[last], NEVER)
        likeness[last] = NEVER
        before = chain[-2] if len(chain) > 1 else int(np.argmax(likeness))
        nearest = before if likeness[before] >= likeness.max() - ROUNDING else int(np.argmax(likeness))
        if likeness[nearest] < least:
            self._open[chain.pop()] = False
        elif len(chain) > 1 and nearest == before:
            self._unite(*sorted((chain.pop(), chain.pop())))
        else:
            chain.append(nearest)

    def _unite(self, first: int, second: int) -> None:
        sizes = self._sizes[[first, second]]
        self._means[first] = sizes @ self._means[[first, second]] / sizes.sum()
        self._sizes[first] = sizes.sum()
        self._open[second] = False
        self._parents[second] = first

    def labels(self) -> list[int]:
        labels = self._parents
        for row, parent in enumerate(labels):
            labels[row] = labels[parent]  # a parent comes before its children
        return labels


def _nearest(vectors: Floats, labels: list[int], row: int, least: float) -> int:
    likeness = vectors[:row] @ vectors[row]
    best = int(np.argmax(likeness))
    return labels[best] if likeness[best] >= least else row
