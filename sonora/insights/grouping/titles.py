"""What a group of requests is called: its most typical request, made short."""

import re
from collections.abc import Sequence

from sonora.insights import vectors as vector_sums
from sonora.insights.embedding import Floats
from sonora.insights.grouping.asked import asked

LONGEST = 72  # characters
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def title(texts: Sequence[str], vectors: Floats) -> str:
    """The title of the group of *texts*, whose vectors are the rows of *vectors*: its medoid's asked thing."""
    return shortened(texts[vector_sums.medoid(vectors)])


def shortened(text: str) -> str:
    """The thing that *text* asks for in at most LONGEST characters, beginning with a capital; never empty for words."""
    words = asked(_sentence(text))
    if len(words) > LONGEST:
        words = words[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,.:;!?–-") + "…"
    return words[:1].upper() + words[1:]


def _sentence(text: str) -> str:
    """The sentence from which asking takes the most words away, so the one that asks."""
    sentences = [sentence for sentence in SENTENCE.split(text.strip()[:2_000]) if sentence.strip()]
    return max(sentences, key=lambda one: len(" ".join(one.split())) - len(asked(one)), default=text)
