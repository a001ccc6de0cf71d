"""The linear tier: TF-IDF of words and pieces of words, cues, and one weight for each; numpy alone."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sonora.insights.local.cues import cues
from sonora.insights.local.grams import pieces, runs, words

Floats = NDArray[np.float32]
CUE = 0.35  # the value of a cue beside two blocks of length one


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

    def scores(self, texts: Sequence[str]) -> Floats:
        """A row of four logits for each of *texts*, which are plain."""
        if not texts:
            return np.zeros((0, 4), dtype=np.float32)
        rows = [self.row(text) for text in texts]
        lengths = [len(columns) for columns, _ in rows]
        columns = np.fromiter((at for row, _ in rows for at in row), dtype=np.int64, count=sum(lengths))
        values = np.concatenate([values for _, values in rows])
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        summed = np.add.reduceat(self._weights[columns] * values[:, None], starts, axis=0)
        return summed.astype(np.float32) + self._bias

    def row(self, text: str) -> tuple[list[int], Floats]:
        """The columns that are not zero for a plain *text*, and their values; never empty."""
        lowered = text.lower()
        tokens = words(lowered)
        of_runs, of_pieces = self._known(self._runs, runs(tokens)), self._known(self._pieces, _pieces_of(tokens))
        found = [self._cues_from + at for at in cues(text, lowered)]
        values = [self._block(of_runs), self._block(of_pieces), np.full(len(found), CUE, dtype=np.float32)]
        return [*of_runs, *of_pieces, *found, 0], np.concatenate([*values, np.zeros(1, dtype=np.float32)])

    @staticmethod
    def _known(vocabulary: dict[str, int], grams: Iterable[str]) -> Counter[int]:
        return Counter([at for gram in grams if (at := vocabulary.get(gram)) is not None])

    def _block(self, counts: Counter[int]) -> Floats:
        """Damped counts times their rarity, to length one."""
        if not counts:
            return np.zeros(0, dtype=np.float32)
        columns = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        damped = 1.0 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        values = damped * self._idf[columns]
        scaled: Floats = (values / np.sqrt(values @ values)).astype(np.float32)
        return scaled


def _pieces_of(tokens: Iterable[str]) -> Iterable[str]:
    return (piece for token in tokens for piece in pieces(token))
