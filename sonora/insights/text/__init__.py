"""A customer's own words in what they sent: no quoted history, no signature, no machine's text. Pure."""

from sonora.insights.text.courtesy import is_courtesy
from sonora.insights.text.own_words import OwnWords, own_words

__all__ = ["OwnWords", "is_courtesy", "own_words"]
