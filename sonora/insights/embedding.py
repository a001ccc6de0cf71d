"""Texts as vectors: what means the same points the same way. Pure; runs on one core."""

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
AT_ONCE = 32  # texts: more at a time are not quicker on one core, and take more memory
TOKENS_AT_ONCE = 1_024  # the memory that a batch takes grows with them, and is kept
MOST_TOKENS = 128  # of a text; what stands behind them is not read
LONGEST_TOKEN = 16  # characters, generously: longer texts are cut before the tokenizer sees them
VECTOR = "vector"

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
        options.enable_mem_pattern = False  # each batch has its own shape: patterns of past ones only take memory
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
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
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at]))  # little padding in each batch
        runs = [self._run([encodings[at] for at in batch]) for batch in _batches(order, encodings)]
        back = np.argsort(order)
        return {name: _rows([run[at] for run in runs], width)[back] for at, (name, width) in enumerate(self._outputs())}

    def _run(self, encodings: list[Encoding]) -> list[Floats]:
        length = max(len(encoding) for encoding in encodings)
        ids = np.zeros((len(encodings), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        found: list[Floats] = self._session.run(self._names, {"input_ids": ids, "attention_mask": mask})
        return found

    def _outputs(self) -> Iterator[tuple[str, int]]:
        for output in self._session.get_outputs():
            yield output.name, int(output.shape[1])


@cache
def sentence_encoder() -> Encoder:
    """The frozen encoder that requests are grouped and searched with. Raises ModelUnusable, see `Encoder.load`."""
    return Encoder.load("minilm.onnx")


def _batches(order: Sequence[int], encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    """*order*, shortest first, in batches of at most AT_ONCE texts and about TOKENS_AT_ONCE tokens with the padding."""
    batch: list[int] = []
    for at in order:
        if batch and (len(batch) == AT_ONCE or (len(batch) + 1) * len(encodings[at]) > TOKENS_AT_ONCE):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _rows(found: list[Floats], width: int) -> Floats:
    return np.concatenate(found) if found else np.zeros((0, width), dtype=np.float32)
