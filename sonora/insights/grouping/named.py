"""Which things of a vocabulary a request asks for by name."""

from sonora.insights.grouping.asked import asking_sentence
from sonora.insights.grouping.vocabulary import Vocabulary


def named_in(text: str, vocabulary: Vocabulary) -> list[int]:
    """The things that *text* asks for, as places in the vocabulary's `lines`; where the asking sentence names none,
    those of the others.
    """
    return vocabulary.found_in(asking_sentence(text)) or vocabulary.found_in(text)
