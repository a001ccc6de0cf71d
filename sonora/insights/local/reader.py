"""Reads texts with the models of this machine."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from sonora.insights import requests, sentiment
from sonora.insights.local.linear import Floats, Linear
from sonora.insights.local.plain import has_words, plain
from sonora.insights.local.sentences import sentences
from sonora.insights.local.settings import Calibration, Settings
from sonora.insights.reading import Reading
from sonora.insights.text.language import language_of

REQUEST = 3  # the column of a text's scores that says whether it asks; the three before are the feelings
HEAD = "scores"  # the encoder's output with the same four columns
LONGEST_QUOTE = 500  # characters
NOTHING = Reading(label=sentiment.NONE.label, score=0.0, confidence=0.0, sentence="", request=0.0, quote=None)


class Encoder(Protocol):
    """What `embedding.Encoder` does, which needs packages that the linear tier does without."""

    def outputs(self, texts: Sequence[str]) -> Mapping[str, Floats]: ...


class LocalReader:
    """The encoder and the linear tier together, or the linear tier alone where there is no encoder."""

    def __init__(self, linear: Linear, encoder: Encoder | None, settings: Settings) -> None:
        self._linear = linear
        self._encoder = encoder
        self._share = settings.share
        self._calibration: Calibration = settings.full if encoder else settings.linear
        self._version = f"local-{settings.version}" + ("" if encoder else "-linear")

    @property
    def version(self) -> str:
        """Names the models; ends in ``-linear`` where the linear tier answers alone."""
        return self._version

    def read(self, texts: Sequence[str]) -> list[Reading]:
        shown = [plain(text) for text in texts]
        worded = [at for at, text in enumerate(shown) if has_words(text)]
        scores = self._scores([shown[at] for at in worded])
        found = {at: self._reading(texts[at], row) for at, row in zip(worded, scores, strict=True)}
        return [found.get(at, NOTHING) for at in range(len(texts))]

    def _scores(self, shown: Sequence[str]) -> Floats:
        """Four logits for each of some plain texts."""
        linear = self._linear.scores(shown)
        if self._encoder is None or not shown:
            return linear
        mixed: Floats = self._share * self._encoder.outputs(shown)[HEAD] + (1 - self._share) * linear
        return mixed

    def _reading(self, text: str, scores: Floats) -> Reading:
        how = self._calibration
        feeling = sentiment.feeling(scores[:REQUEST], warmth=how.warmth)
        request = requests.probability(float(scores[REQUEST]), slope=how.slope, offset=how.offset)
        parts = sentences(text) or [text.strip()[:LONGEST_QUOTE]]
        return Reading(
            label=feeling.label,
            score=feeling.score,
            confidence=feeling.confidence,
            sentence=self._strongest(parts, sentiment.LABELS.index(feeling.label)),
            request=request,
            quote=self._strongest(parts, REQUEST) if request >= self._threshold(text, request) else None,
        )

    def _threshold(self, text: str, request: float) -> float:
        """The language is only asked for where it decides."""
        how = self._calibration
        undecided = how.threshold <= request < how.foreign_threshold
        return how.foreign_threshold if undecided and language_of(plain(text)) not in {"en", None} else how.threshold

    def _strongest(self, parts: Sequence[str], column: int) -> str:
        """The sentence that speaks most for what *column* stands for, as it stands in the text."""
        if len(parts) == 1:
            return parts[0][:LONGEST_QUOTE]
        scores = self._linear.scores([plain(part) for part in parts])
        others = np.delete(scores[:, :REQUEST], column, axis=1).max(axis=1) if column < REQUEST else 0
        return parts[int(np.argmax(scores[:, column] - others))][:LONGEST_QUOTE]
