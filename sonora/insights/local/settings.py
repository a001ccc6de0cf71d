"""How raw scores become probabilities: chosen on development rows when the models were made, kept beside them."""

import json
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """*warmth* is what the three scores of a feeling are multiplied by, so that confidence is the share that is right.

    A request's score becomes a probability by *slope* and *offset*; a text asks from *threshold* on, one in a language
    other than English from *foreign_threshold* on, since the models read English best.
    """

    warmth: float
    slope: float
    offset: float
    threshold: float
    foreign_threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """*share* is how much of a score is the encoder's, the rest is the linear tier's, where both are there."""

    version: str
    share: float
    linear: Calibration
    full: Calibration

    @classmethod
    def read(cls, content: bytes) -> Self:
        values = json.loads(content)
        return cls(
            version=str(values["version"]),
            share=float(values["share"]),
            linear=Calibration(**values["linear"]),
            full=Calibration(**values["full"]),
        )
