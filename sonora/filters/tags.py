"""What is said of the tags of one kind of thing: which of them it must have, and which it must not."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How the tags of a list are meant; `UNTAGGED` means no tag at all and lists none."""

    ANY = "any"
    ALL = "all"
    NONE = "none"
    UNTAGGED = "untagged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """Tags by primary key, so that a rename changes nothing. What is said together must all be true."""

    any: frozenset[int] = frozenset()
    all: frozenset[int] = frozenset()
    none: frozenset[int] = frozenset()
    untagged: bool = False

    def __bool__(self) -> bool:
        return bool(self.named or self.untagged)

    @property
    def named(self) -> frozenset[int]:
        """Every tag that is spoken of."""
        return self.any | self.all | self.none


NO_TAGS = Tags()
