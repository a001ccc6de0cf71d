"""What a group of requests is called: its most typical request, made short."""

from collections.abc import Sequence

from sonora.insights import vectors as vector_sums
from sonora.insights.embedding import Floats
from sonora.insights.grouping.asked import asked, asking_sentence

LONGEST = 72  # characters


def title(texts: Sequence[str], vectors: Floats) -> str:
    """The title of the group of *texts*, whose vectors are the rows of *vectors*: its medoid's asked thing."""
    return shortened(texts[vector_sums.medoid(vectors)])


def shortened(text: str) -> str:
    """The thing that *text* asks for in at most LONGEST characters, beginning with a capital; never empty for words."""
    words = asked(asking_sentence(text))
    if len(words) > LONGEST:
        words = words[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,.:;!?–-") + "…"
    return words[:1].upper() + words[1:]
