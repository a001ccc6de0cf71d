"""A customer's own words in what they sent: no quoted history, no signature, no machine's text. Pure."""

from sonora.insights.text.own_words import OwnWords, own_words

__all__ = ["OwnWords", "own_words"]
