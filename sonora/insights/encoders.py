"""What turns the words of a request into a vector. Pure."""

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from sonora.insights.vectors import Vectors

# Words that say that somebody asks, not for what.
_ASKING = """
a an the and or of to in on for with from by at as is are be been it its this that these those there i we you
they me my our your us can could would should will may might must do does did have has had not no any some all
so if when please add need needs want wants wish like love great nice hope help helpful able possible possibly
support feature option way let allow make get have just really also very more
"""
ASKING = frozenset(_ASKING.split())


class Encoder(Protocol):
    """Makes vectors; of the same *version* they can be compared. *alike* is the mean cosine that joins a group."""

    @property
    def version(self) -> str: ...

    @property
    def alike(self) -> float: ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row of length 1 for each of *texts*, which may be anything."""


class WordEncoder:
    """Vectors that know words and their beginnings, but not what they mean: where no model is at hand."""

    version = "words-1"
    alike = 0.35
    WIDTH = 384

    def vectors(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self.WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            for part, weight in _parts(text):
                number = zlib.crc32(part.encode("utf-8", "surrogatepass"))
                found[row, number % self.WIDTH] += weight if number & 0x8000_0000 else -weight
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        np.divide(found, lengths, out=found, where=lengths > 0)
        return found


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """Each word, and its beginning, which other forms of the word share."""
    words = re.findall(r"\w+", text.casefold())
    for word in [one for one in words if one not in ASKING] or words:
        yield word, 1.0
        yield f"{word[:5]}…", 0.7
