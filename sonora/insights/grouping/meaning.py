"""What a request asks for, as a vector.

Vectors of sentences do not know that an acronym, its protocol and a product are one thing. So the vector of the asked
thing is moved towards the things of a vocabulary: towards the one that it names (the most alike of several), and a
little towards those whose names it resembles, which also finds wordings that are not in the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from sonora.insights.embedding import Encoder, Floats
from sonora.insights.grouping.asked import asked
from sonora.insights.grouping.named import named_in
from sonora.insights.grouping.vocabulary import Line, Vocabulary, default_vocabulary

# Tuned on one half of the topics in ml/dev/requests.txt; ml/RESULTS.md has the figures of the other.
PULL = 0.6  # length of what is added to a vector of length 1
NAMED = 0.7  # of it goes to the thing that is named, the rest to those that are resembled
RESEMBLED = 5  # things
SHARPNESS = 0.1  # the smaller, the more the most resembled thing gets
FAINT, CLEAR = 0.4, 0.6  # cosines between which a resemblance comes to count


class Meaning:
    """Makes the vectors of requests, to be compared by their products.

    A request belongs to a group when the mean of its products with the group's is *alike* or more, and to the results
    of a search when its product with what is searched is *found* or more.
    """

    version = "minilm-5"
    alike = 0.42
    found = 0.47

    def __init__(
        self, encoder: Encoder, vocabulary: Vocabulary | None = None, *, known: Mapping[str, Floats] | None = None
    ) -> None:
        """*vocabulary* defaults to what software is commonly asked for; *known* are vectors of names made before."""
        self._encoder = encoder
        self._vocabulary = vocabulary or default_vocabulary()
        self._known = known or {}

    def knowing(self, lines: Iterable[Line]) -> "Meaning":
        """The same with a vocabulary that has the names of *lines* as well, each line's of one thing."""
        return Meaning(self._encoder, self._vocabulary.with_names(lines), known=self._of_names)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A row of length 1 for each of *texts*, which may be anything."""
        plain = self._encoder.vectors([asked(text) for text in texts])
        if not self._vocabulary.lines:
            return plain
        moved = plain + PULL * (self._shares(texts, plain) @ self._things)
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)

    def _shares(self, texts: Sequence[str], plain: Floats) -> Floats:
        """How much of each thing is in each text: texts × things."""
        likeness = np.maximum.reduceat(plain @ self._names.T, self._starts, axis=1)
        shares = _sharpened(likeness)
        clear = np.clip((likeness.max(axis=1) - FAINT) / (CLEAR - FAINT), 0, 1)
        for row, text in enumerate(texts):
            named = named_in(text, self._vocabulary)
            shares[row] *= (1 - NAMED) if named else clear[row]
            if named:
                shares[row, max(named, key=likeness[row].__getitem__)] += NAMED
        return shares

    @cached_property
    def _names(self) -> Floats:
        """The vectors of all names, those of one thing together."""
        return np.stack([self._of_names[name] for line in self._vocabulary.lines for name in line])

    @cached_property
    def _of_names(self) -> Mapping[str, Floats]:
        """The vector of each name; those that a narrower vocabulary has are not made again."""
        names = dict.fromkeys(name for line in self._vocabulary.lines for name in line)
        new = [name for name in names if name not in self._known]
        return {**self._known, **dict(zip(new, self._encoder.vectors(new), strict=True))}

    @cached_property
    def _starts(self) -> list[int]:
        lengths = [len(line) for line in self._vocabulary.lines]
        return [sum(lengths[:at]) for at in range(len(lengths))]

    @cached_property
    def _things(self) -> Floats:
        return self._names[self._starts]


def _sharpened(likeness: Floats) -> Floats:
    """Shares of the most resembled things, which together are 1."""
    most = min(RESEMBLED, likeness.shape[1])
    least = np.sort(likeness, axis=1)[:, -most, None]
    weights = np.exp((likeness - likeness.max(axis=1, keepdims=True)) / SHARPNESS) * (likeness >= least)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)
