"""How a customer is doing, in the word that the company itself has for it. Nothing is reckoned here. Pure."""

from dataclasses import dataclass

ICONS = {"ok": "check", "warn": "warning", "error": "attention", "neutral": "dot"}
_WORDS = {
    "ok": ("good", "green", "healthy", "great", "excellent", "strong", "high"),
    "warn": ("at risk", "risk", "yellow", "amber", "orange", "fair", "medium", "neutral", "watch", "needs attention"),
    "error": ("poor", "red", "bad", "unhealthy", "critical", "weak", "low", "churning", "high risk"),
}
_MEANINGS = {word: meaning for meaning, words in _WORDS.items() for word in words}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The company's own *word*, what it usually means (ok, warn, error; neutral for any other), and the sign of it."""

    word: str
    meaning: str

    @property
    def icon(self) -> str:
        return ICONS[self.meaning]


def of(word: str) -> Health | None:
    """The health that *word* tells, whatever its case; None for no word."""
    plain = " ".join(word.replace("-", " ").replace("_", " ").lower().split())
    return Health(word=word, meaning=_MEANINGS.get(plain, "neutral")) if plain else None
