"""`python -m ml.calibrate --version V [--data FOLDER]`: how scores become probabilities, for ml/models/reader.json.

Chosen on this project's own development rows and on what the training sets held back: the share of the encoder by the
likelihood of the feelings, the warmth of a feeling and the slope of a request likewise, and the one threshold by the
mean of the F1 of every kind of text, so that the kind with the most rows does not decide alone, among those that leave
plain questions alone.
"""

import argparse
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from ml import measures, rows
from ml.minilm import MODELS
from ml.rows import Measured
from ml.sources import LABELS
from ml.sums import record
from sonora.insights.embedding import Encoder
from sonora.insights.local.linear import Linear
from sonora.insights.local.parts import REQUEST
from sonora.insights.local.plain import plain
from sonora.insights.local.reader import HEAD
from sonora.insights.local.settings import Calibration, Settings

SHARES = np.arange(0.3, 0.95, 0.05)
MOST_ALARMS = 0.008  # of the kinds of text in which nothing is asked for
THRESHOLDS = np.arange(0.1, 0.91, 0.01)
WARMTHS = np.arange(0.4, 2.05, 0.1)
FOREIGN_EXTRA = 0.2  # of probability, that a text in another language needs beyond the threshold


def calibration(scores: np.ndarray, measured: Sequence[Measured]) -> Calibration:
    labels = np.array([LABELS.index(row.sentiment) for row in measured if row.sentiment])
    felt = scores[[row.sentiment is not None for row in measured], :REQUEST]
    asked = scores[[row.asks is not None for row in measured], REQUEST]
    asks = np.array([row.asks for row in measured if row.asks is not None])
    line = LogisticRegression(C=100, class_weight=None).fit(asked[:, None], asks)
    slope, offset = float(line.coef_[0, 0]), float(line.intercept_[0])
    threshold = _threshold(1 / (1 + np.exp(-slope * asked - offset)), [row for row in measured if row.asks is not None])
    return Calibration(
        warmth=round(float(min(WARMTHS, key=lambda warmth: _surprise(felt * warmth, labels))), 2),
        slope=round(slope, 3),
        offset=round(offset, 3),
        threshold=round(threshold, 3),
        foreign_threshold=round(min(0.9, threshold + FOREIGN_EXTRA), 3),
    )


def _threshold(probabilities: np.ndarray, measured: Sequence[Measured]) -> float:
    asks = np.array([row.asks for row in measured])
    kinds = np.array([row.kind for row in measured])
    asking = [kinds == kind for kind in sorted(set(kinds)) if asks[kinds == kind].any()]
    plain_rows = ~np.any(asking, axis=0)

    def mean_f1(threshold: float) -> float:
        return float(np.mean([measures.f1(probabilities[rows] >= threshold, asks[rows]) for rows in asking]))

    quiet = [at for at in THRESHOLDS if not plain_rows.any() or np.mean(probabilities[plain_rows] >= at) <= MOST_ALARMS]
    return float(max(quiet, key=mean_f1))


def _surprise(scores: np.ndarray, labels: np.ndarray) -> float:
    """The mean of the negative logarithm of what the right label was given."""
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -float(logs[np.arange(len(labels)), labels].mean())


def share(linear: np.ndarray, encoder: np.ndarray, measured: Sequence[Measured]) -> float:
    labels = np.array([LABELS.index(row.sentiment or "neutral") for row in measured])

    def worst(part: float) -> float:
        mixed = part * encoder + (1 - part) * linear
        return min(_surprise(mixed[:, :REQUEST] * warmth, labels) for warmth in WARMTHS)

    return round(float(min(SHARES, key=worst)), 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    measured = [row for row in rows.own() if row.kind != rows.UNSEEN]
    measured += rows.held_out(arguments.data) if arguments.data else []
    texts = [plain(row.text) for row in measured]
    linear = Linear.load((MODELS / "linear.npz").read_bytes()).scores(texts)
    encoder = Encoder.load("reader.onnx", folder=MODELS).outputs(texts)[HEAD]
    part = share(linear, encoder, measured)
    settings = Settings(
        version=arguments.version,
        share=part,
        linear=calibration(linear, measured),
        full=calibration(part * encoder + (1 - part) * linear, measured),
    )
    (MODELS / "reader.json").write_text(json.dumps(dataclasses.asdict(settings), indent=1) + "\n", encoding="utf-8")
    record(MODELS, ["reader.json"])
    print(settings)


if __name__ == "__main__":
    main()
