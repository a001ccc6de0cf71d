"""Reads texts with the models of this machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sonora.insights import requests, sentiment
from sonora.insights.local.linear import Floats, Linear
from sonora.insights.local.parts import REQUEST, Parts, parts_of
from sonora.insights.local.plain import has_words, plain
from sonora.insights.local.settings import Calibration, Settings
from sonora.insights.reading import Label, Reading
from sonora.insights.sentiment import LABELS, Feeling
from sonora.insights.text.language import language_of

HEAD = "scores"  # the encoder's output with the same four columns
AT_ONCE = 256  # texts
WAY = 2  # moves when the same models come to other readings, so that all is read again
NOTHING = Reading(label=Label.NEUTRAL, score=0.0, confidence=0.0, sentence="", request=0.0, quote=None)


class Encoder(Protocol):
    """What `embedding.Encoder` does, which needs packages that the linear tier does without."""

    def outputs(self, texts: Sequence[str]) -> Mapping[str, Floats]: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """What a text as a whole says; *request* is a probability, *asks* whether it is high enough."""

    feeling: Feeling
    request: float
    asks: bool


class LocalReader:
    """The encoder and the linear tier together, or the linear tier alone where there is no encoder."""

    def __init__(self, linear: Linear, encoder: Encoder | None, settings: Settings) -> None:
        self._linear = linear
        self._encoder = encoder
        self._share = settings.share
        self._calibration: Calibration = settings.full if encoder else settings.linear
        self._version = f"local-{settings.version}.{WAY}" + ("" if encoder else "-linear")

    @property
    def version(self) -> str:
        """Names the models and how they are used; ends in ``-linear`` where the linear tier answers alone."""
        return self._version

    def read(self, texts: Sequence[str]) -> list[Reading]:
        batches = (texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE))
        return [reading for batch in batches for reading in self._read(batch)]

    def _read(self, texts: Sequence[str]) -> list[Reading]:
        shown = [plain(text) for text in texts]
        worded = [at for at, text in enumerate(shown) if has_words(text)]
        scores = self._scores([shown[at] for at in worded])
        judged = [self._judged(shown[at], row) for at, row in zip(worded, scores, strict=True)]
        wanted = [one.asks or one.feeling.label is not Label.NEUTRAL for one in judged]
        parts = parts_of([texts[at] for at in worded], self._linear, wanted=wanted)
        found = {at: _reading(*both) for at, both in zip(worded, zip(judged, parts, strict=True), strict=True)}
        return [found.get(at, NOTHING) for at in range(len(texts))]

    def _scores(self, shown: Sequence[str]) -> Floats:
        """Four logits for each of some plain texts."""
        linear = self._linear.scores(shown)
        if self._encoder is None or not shown:
            return linear
        mixed: Floats = self._share * self._encoder.outputs(shown)[HEAD] + (1 - self._share) * linear
        return mixed

    def _judged(self, shown: str, scores: Floats) -> Judged:
        """The text is judged whole: what surrounds a sentence says how it is meant."""
        how = self._calibration
        request = requests.probability(float(scores[REQUEST]), slope=how.slope, offset=how.offset)
        feeling = sentiment.feeling(scores[:REQUEST], warmth=how.warmth)
        return Judged(feeling, request, request >= self._threshold(shown, request))

    def _threshold(self, shown: str, request: float) -> float:
        """The language is only asked for where it decides."""
        how = self._calibration
        undecided = how.threshold <= request < how.foreign_threshold
        return how.foreign_threshold if undecided and language_of(shown) not in {"en", None} else how.threshold


def _reading(judged: Judged, parts: Parts) -> Reading:
    feeling = judged.feeling
    # Nothing speaks for neutral; the longest sentence shows best what was said.
    neutral = feeling.label is Label.NEUTRAL
    return Reading(
        label=feeling.label,
        score=feeling.score,
        confidence=feeling.confidence,
        sentence=parts.longest() if neutral else parts.strongest(LABELS.index(feeling.label)),
        request=judged.request,
        quote=parts.strongest(REQUEST) if judged.asks else None,
    )
