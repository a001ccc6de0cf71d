"""Whether two groups of requests may be one after all, so that it is worth asking a person.

The sentence encoder reads English: sentences of another language are alike because of their language. And those that
name different things of the vocabulary differ, however alike the rest is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sonora.insights.grouping.named import named_in
from sonora.insights.grouping.vocabulary import Vocabulary
from sonora.insights.text.language import language_of

# Mean cosines of the words of one with those of the other; ml/RESULTS.md has what they let through.
NAMED = 0.36  # where both name one thing
UNNAMED = 0.40  # where one of them names nothing, or both


@dataclass(frozen=True)
class Said:
    """The typical request of a group."""

    text: str
    vocabulary: Vocabulary

    @cached_property
    def things(self) -> Sequence[int]:
        """What it asks for by name, as places in the vocabulary's `lines`."""
        return named_in(self.text, self.vocabulary)

    @cached_property
    def is_english(self) -> bool:
        return language_of(self.text) in {"en", None}

    def shared(self, other: "Said") -> list[str]:
        """The names of the things that both ask for."""
        return [self.vocabulary.lines[at][0] for at in self.things if at in other.things]

    def may_be(self, other: "Said", cosine: float) -> bool:
        """Whether both may ask for one thing, as the *cosine* of their groups and their words tell."""
        if cosine < UNNAMED or (self.things and other.things):
            return cosine >= NAMED and bool(self.shared(other))
        return self.is_english and other.is_english
