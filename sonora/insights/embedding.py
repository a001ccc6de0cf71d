"""Texts as vectors: what means the same points the same way. Pure; runs on one core.

Each text is run alone. An int8 model rounds by the largest number of a whole batch, so beside other texts the same text
would have other numbers, and what a message says would depend on who else wrote. It also keeps memory small.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from sonora.core.text import clean_text
from sonora.insights.model_files import FOLDER, model_file

Floats = NDArray[np.float32]

WIDTH = 384  # numbers in a vector
MOST_TOKENS = 128  # of a text; what stands behind them is not read
LONGEST_TOKEN = 16  # characters, generously: longer texts are cut before the tokenizer sees them
VECTOR = "vector"
SLOW = ["SkipLayerNormFusion"]  # to one operator: it takes longer than the two that it stands for

# The tokenizer would start threads, and workers that are forked afterwards would wait for them for ever.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


class Encoder:
    """A BERT of int8 with its tokenizer. One may serve several threads."""

    def __init__(self, model: bytes, tokenizer: bytes, *, most_tokens: int = MOST_TOKENS) -> None:
        self._longest = most_tokens * LONGEST_TOKEN
        self._tokenizer = Tokenizer.from_buffer(tokenizer)
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(most_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # each length has its own shape: patterns of past ones only take memory
        self._session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW
        )
        self._names = [output.name for output in self._session.get_outputs()]

    @classmethod
    def load(cls, name: str, *, folder: Path = FOLDER) -> Self:
        """The encoder *name* (``minilm.onnx``). Raises ModelUnusable when it is missing or damaged."""
        return cls(model_file(name, folder=folder), model_file("tokenizer.json", folder=folder))

    def vectors(self, texts: Sequence[str]) -> Floats:
        """A row of length 1 for each of *texts*, which may be anything; cosines are their products."""
        return self.outputs(texts)[VECTOR]

    def outputs(self, texts: Sequence[str]) -> dict[str, Floats]:
        """All outputs of the model by name: ``vector`` and one for each head, with a row for each of *texts*."""
        encodings = self._tokenizer.encode_batch([clean_text(text[: self._longest]) for text in texts])
        runs = [self._run(encoding) for encoding in encodings]
        return {name: _rows([run[at] for run in runs], width) for at, (name, width) in enumerate(self._outputs())}

    def _run(self, encoding: Encoding) -> list[Floats]:
        ids = np.array([encoding.ids], dtype=np.int64)
        found: list[Floats] = self._session.run(self._names, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return found

    def _outputs(self) -> Iterator[tuple[str, int]]:
        for output in self._session.get_outputs():
            yield output.name, int(output.shape[1])


@cache
def sentence_encoder() -> Encoder:
    """The frozen encoder that requests are grouped and searched with. Raises ModelUnusable, see `Encoder.load`."""
    return Encoder.load("minilm.onnx")


def _rows(found: list[Floats], width: int) -> Floats:
    return np.concatenate(found) if found else np.zeros((0, width), dtype=np.float32)
