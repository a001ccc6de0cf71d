"""What a question says of the tags of one kind of thing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sonora.chat.interpreter.names import Name
from sonora.chat.interpreter.said import Said
from sonora.filters.tags import Tags

Mention = tuple[Said, Sequence[Name]]  # what was said, and the tags that are called so: any of them is meant


@dataclass(slots=True)
class Tagged:
    """Takes mentions of tags one after the other; `meant` is what they say together."""

    wanted: list[Mention] = field(default_factory=list)
    joins: set[str] = field(default_factory=set)
    denied: set[int] = field(default_factory=set)
    untagged: bool = False

    def add(self, said: Said, names: Sequence[Name]) -> None:
        if said.denial is not None:
            self.denied |= _keys(names)
            return
        if self.wanted:
            self.joins.add(said.joined)
        self.wanted.append((said, names))

    def meant(self) -> Tags:
        """Of "A or B" and "A, B" any is enough; "A and B", or one said after the other, must all be there."""
        none = frozenset(self.denied)
        if self._is_any:
            return Tags(any=_all_keys(self.wanted), none=none, untagged=self.untagged)
        alone = [one for one in self.wanted if len(one[1]) == 1]
        return Tags(any=_all_keys(self._several[:1]), all=_all_keys(alone), none=none, untagged=self.untagged)

    @property
    def is_announced(self) -> bool:
        """Whether it is said that something is tagged, not only what a tag is called."""
        return bool(self.wanted) and all(said.cue == "tag!" for said, _ in self.wanted)

    @property
    def spare(self) -> list[Mention]:
        """What cannot be said beside the rest: "any of these" twice, where both must be true."""
        return [] if self._is_any else self._several[1:]

    @property
    def _is_any(self) -> bool:
        return len(_all_keys(self.wanted)) < 2 or len(self.wanted) < 2 or "or" in self.joins or self.joins == {","}

    @property
    def _several(self) -> list[Mention]:
        return [one for one in self.wanted if len(one[1]) > 1]


def _keys(names: Sequence[Name]) -> set[int]:
    return {int(name.value) for name in names}


def _all_keys(mentions: Sequence[Mention]) -> frozenset[int]:
    return frozenset(one for _, names in mentions for one in _keys(names))
