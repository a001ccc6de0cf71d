"""A reader that knows a few words: the same text is the same reading, and each call is remembered."""

from collections.abc import Sequence

from sonora.insights.reading import Label, Reading

FEELINGS = {
    "broken": (Label.NEGATIVE, -0.9),
    "late": (Label.NEGATIVE, -0.6),
    "refund": (Label.NEGATIVE, -0.5),
    "fail": (Label.NEGATIVE, -0.7),
    "love": (Label.POSITIVE, 0.9),
    "thank": (Label.POSITIVE, 0.6),
    "great": (Label.POSITIVE, 0.8),
}
GUESSED = "perhaps"  # a text with this word is read without confidence
ASKING = "please add"


class WordReader:
    """Reads by `FEELINGS`. *asked* are the texts that it was given, in order."""

    def __init__(self, version: str = "words-1") -> None:
        self.version = version
        self.asked: list[str] = []

    def read(self, texts: Sequence[str]) -> list[Reading]:
        self.asked.extend(texts)
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Reading:
        lower = text.lower()
        label, score = next((found for word, found in FEELINGS.items() if word in lower), (Label.NEUTRAL, 0.0))
        asks = ASKING in lower
        return Reading(
            label=label,
            score=score,
            confidence=0.4 if GUESSED in lower else 0.9,
            sentence=text.split(".", maxsplit=1)[0],
            request=0.9 if asks else 0.01,
            quote=text if asks else None,
        )
