"""For whom and when a filter is asked."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, TypeVar, cast

Ids = frozenset[int | None]  # None: nobody
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """*notes*: whether words of internal notes may be found. *now* is Unix seconds; days begin as in *zone*.

    One look asks once: *stayed* remembers who stayed of merged customers and requests, *tagged* what carries tags, and
    *looks*, for the time of one request, what was found for a text; None: nothing is remembered.
    """

    notes: bool
    now: int
    zone: tzinfo
    stayed: dict[tuple[str, Ids], Ids] = field(default_factory=dict, compare=False, repr=False)
    tagged: dict[tuple[str, Ids], list[set[int]] | None] = field(default_factory=dict, compare=False, repr=False)
    looks: dict[Hashable, Any] | None = field(default=None, compare=False, repr=False)

    def once(self, key: Hashable, look: Callable[[], Found]) -> Found:
        """What *look* finds; where this viewer remembers it is asked once for each *key*."""
        if self.looks is None:
            return look()
        if key not in self.looks:
            self.looks[key] = look()
        return cast("Found", self.looks[key])
