"""`python -m ml.train_linear --data FOLDER`: teaches the linear tier and writes ml/models/linear.npz."""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from ml import sources
from ml.sources import Row
from sonora.insights.local.cues import NAMES
from sonora.insights.local.grams import pieces, runs, words
from sonora.insights.local.linear import Linear
from sonora.insights.local.plain import plain

RUNS, PIECES = 60_000, 50_000  # how many of each are kept at most
RAREST = 3  # rows that hold a run or piece
MODELS = Path(__file__).parent / "models"
GRAMMAR = 18_000
STRENGTH = 4.0  # C of the logistic regressions


def taught(rows: Sequence[Row]) -> Linear:
    texts = [plain(row.text) for row in rows]
    vocabularies, idf = _vocabularies(texts)
    empty = _linear(vocabularies, idf, np.zeros((len(idf) + len(NAMES), 4)), np.zeros(4))
    matrix = _matrix(empty, texts, width=len(idf) + len(NAMES))
    feelings, feeling_bias = _feelings(matrix, rows)
    asks, asks_bias = _asks(matrix, rows)
    weights = np.vstack([feelings, asks]).T
    return _linear(vocabularies, idf, weights, np.append(feeling_bias, asks_bias))


def _linear(vocabularies: list[list[str]], idf: np.ndarray, weights: np.ndarray, bias: np.ndarray) -> Linear:
    return Linear(vocabularies=vocabularies, idf=idf, weights=weights.astype(np.float32), bias=bias.astype(np.float32))


def _vocabularies(texts: Iterable[str]) -> tuple[list[list[str]], np.ndarray]:
    """The commonest runs and pieces, and how rare each is."""
    held_runs: Counter[str] = Counter()
    held_pieces: Counter[str] = Counter()
    count = 0
    for text in texts:
        tokens = words(text.lower())
        held_runs.update(set(runs(tokens)))
        held_pieces.update({piece for token in tokens for piece in pieces(token)})
        count += 1
    kept = [
        sorted(gram for gram, held in counter.most_common(most) if held >= RAREST)
        for counter, most in ((held_runs, RUNS), (held_pieces, PIECES))
    ]
    held = [held_runs[gram] for gram in kept[0]] + [held_pieces[gram] for gram in kept[1]]
    return kept, (np.log((1 + count) / (1 + np.array(held))) + 1).astype(np.float32)


def _matrix(linear: Linear, texts: Sequence[str], *, width: int) -> csr_matrix:
    rows, columns, values = linear.entries(texts)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), width))


def _feelings(matrix: csr_matrix, rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray]:
    """Weights for the three labels; a row counts for each of them by its share."""
    known = [
        (at, label, share * row.weight)
        for at, row in enumerate(rows)
        if row.feeling
        for label, share in enumerate(row.feeling)
    ]
    counted = [(at, label, share) for at, label, share in known if share > 0.02]
    at, labels, shares = (np.array(column) for column in zip(*counted, strict=True))
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(matrix[at], labels, sample_weight=shares)
    return model.coef_, model.intercept_


def _asks(matrix: csr_matrix, rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray]:
    known = [at for at, row in enumerate(rows) if row.asks is not None]
    asked = np.array([rows[at].asks for at in known])
    trust = np.array([rows[at].weight for at in known])
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(matrix[known], asked, sample_weight=trust)
    return model.coef_, model.intercept_


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder of training sets; without it, the grammar alone")
    parser.add_argument("--out", type=Path, default=MODELS / "linear.npz")
    arguments = parser.parse_args()
    rows = [*sources.grammar(GRAMMAR, seed=1), *(sources.folder(arguments.data) if arguments.data else [])]
    taught([row for row in rows if not row.held_out]).save(arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
