"""The linear tier: TF-IDF of words and pieces of words, cues, and one weight for each; numpy alone."""

import io
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sonora.insights.local.cues import cues
from sonora.insights.local.grams import pieces, runs, words

Floats = NDArray[np.float32]
Entries = tuple[NDArray[np.int64], NDArray[np.int64], Floats]
CUE = 0.35  # the value of a cue beside two blocks of length one
AT_ONCE = 64  # texts whose grams are held in memory together
MOST_TOKENS = 20_000  # whose pieces are remembered


class Linear:
    """Four scores of a text: negative, neutral, positive, and asks for a feature (logits)."""

    def __init__(self, *, vocabularies: Sequence[Sequence[str]], idf: Floats, weights: Floats, bias: Floats) -> None:
        """*vocabularies* are the runs and the pieces; *idf* has a number for each of them in that order, *weights* a
        row for each of them and then for each cue.
        """
        first = len(vocabularies[0])
        self._runs = {gram: at for at, gram in enumerate(vocabularies[0])}
        self._pieces = {gram: first + at for at, gram in enumerate(vocabularies[1])}
        self._cues_from = len(idf)
        self._idf, self._weights, self._bias = idf, weights, bias
        self._scale = np.append(idf, np.full(len(weights) - len(idf), CUE, dtype=np.float32))
        self._block = np.repeat([0, 1, 2], [first, len(idf) - first, len(weights) - len(idf)])
        self._of_token: dict[str, list[int]] = {}  # the pieces of words that came before

    @classmethod
    def load(cls, content: bytes) -> Self:
        """The tier that `save` wrote as *content*."""
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            return cls(
                vocabularies=[file[name].tobytes().decode().split("\n") for name in ("runs", "pieces")],
                idf=file["idf"].astype(np.float32),
                weights=file["weights"].astype(np.float32),
                bias=file["bias"].astype(np.float32),
            )

    def save(self, path: Path) -> None:
        """Writes what `load` reads, with weights of half precision."""
        named = {"runs": self._runs, "pieces": self._pieces}
        texts = {name: np.frombuffer("\n".join(grams).encode(), dtype=np.uint8) for name, grams in named.items()}
        halves = {"idf": self._idf.astype(np.float16), "weights": self._weights.astype(np.float16)}
        np.savez_compressed(path, allow_pickle=False, **texts, **halves, bias=self._bias)

    def scores(self, texts: Sequence[str], *, with_cues: bool = True) -> Floats:
        """A row of four logits for each of *texts*, which are plain; quicker without cues, to compare parts."""
        starts = range(0, len(texts), AT_ONCE)
        found = [self._scores(texts[start : start + AT_ONCE], with_cues=with_cues) for start in starts]
        return np.concatenate(found) if found else np.zeros((0, self._weights.shape[1]), dtype=np.float32)

    def _scores(self, texts: Sequence[str], *, with_cues: bool) -> Floats:
        rows, columns, values = self.entries(texts, with_cues=with_cues)
        if not len(rows):
            return np.tile(self._bias, (len(texts), 1))
        parts = self._weights[columns] * values[:, None]
        summed = [np.bincount(rows, parts[:, label], minlength=len(texts)) for label in range(parts.shape[1])]
        return np.stack(summed, axis=1).astype(np.float32) + self._bias

    def entries(self, texts: Sequence[str], *, with_cues: bool = True) -> Entries:
        """The row, the column and the value of everything that is not zero for plain *texts*, in order.

        A gram's value is its damped count times its rarity, and the runs and the pieces of a text each have length one.
        """
        found = [self._columns(text, with_cues=with_cues) for text in texts]
        rows = np.repeat(np.arange(len(texts)), [len(columns) for columns in found])
        width = len(self._weights)
        keys = rows * width + np.fromiter(chain.from_iterable(found), dtype=np.int64, count=len(rows))
        keys, counts = np.unique(keys, return_counts=True)
        rows, columns = np.divmod(keys, width)
        values = (1 + np.log(counts)) * self._scale[columns]
        blocks = rows * 3 + self._block[columns]
        lengths = np.sqrt(np.bincount(blocks, values * values))
        grams = columns < self._cues_from
        values[grams] /= lengths[blocks[grams]]
        return rows, columns, values.astype(np.float32)

    def _columns(self, text: str, *, with_cues: bool) -> list[int]:
        lowered = text.lower()
        tokens = words(lowered)
        columns = [at for gram in runs(tokens) if (at := self._runs.get(gram)) is not None]
        for token in tokens:
            columns += self._pieces_of(token)
        if with_cues:
            columns += [self._cues_from + at for at in cues(text, lowered)]
        return columns

    def _pieces_of(self, token: str) -> list[int]:
        known = self._of_token.get(token)
        if known is None:
            if len(self._of_token) >= MOST_TOKENS:
                self._of_token.clear()
            known = [at for piece in pieces(token) if (at := self._pieces.get(piece)) is not None]
            self._of_token[token] = known
        return known
