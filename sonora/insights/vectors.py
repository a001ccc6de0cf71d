"""Vectors of texts: how they are kept, and what is typical of several. Pure."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]  # one vector, or one a row


def pack(vector: Vectors) -> bytes:
    """*vector* as bytes, at half precision: cosines differ in the fourth decimal."""
    return vector.astype(np.float16).tobytes()


def unpack(packed: Sequence[bytes | memoryview]) -> Vectors:
    """The vectors of *packed* (all equally long), one a row."""
    joined = np.frombuffer(b"".join(packed), dtype=np.float16)
    return joined.reshape(len(packed), -1).astype(np.float32)


def mean(vectors: Vectors) -> Vectors:
    """The mean of unit *vectors*: its product with another one is the mean of their cosines."""
    return np.asarray(vectors.mean(axis=0), dtype=np.float32)


def medoid(vectors: Vectors) -> int:
    """The row of *vectors* that is most like all of them; the first of those that are as much so."""
    return int(np.argmax(np.round(vectors @ mean(vectors), 3)))  # half precision tells no more
