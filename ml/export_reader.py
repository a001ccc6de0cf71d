"""`python -m ml.export_reader WEIGHTS.npz …`: the mean of runs of `train_encoder`, as ml/models/reader.onnx of int8.

Runs that went on from the same weights lie so near each other that their mean is better than any of them.
"""

import argparse
from pathlib import Path

import numpy as np

from ml.minilm import MODELS
from ml.onnx_graph import Head
from ml.quantise import write_int8
from ml.sums import record
from sonora.insights.local.reader import HEAD

NAME = "reader.onnx"


def mean(runs: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.mean([run[name] for run in runs], axis=0, dtype=np.float32) for name in runs[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--mean", type=Path, help="write the mean here, to go on from, instead of the model")
    arguments = parser.parse_args()
    weights = mean([dict(np.load(path)) for path in arguments.runs])
    if arguments.mean:
        np.savez(arguments.mean, allow_pickle=False, **weights)
        return
    head = Head(weights.pop("head.weight"), weights.pop("head.bias"))
    write_int8(weights, MODELS / NAME, {HEAD: head})
    record(MODELS, [NAME])


if __name__ == "__main__":
    main()
