"""For whom and when a filter is asked."""

from dataclasses import dataclass, field
from datetime import tzinfo

Ids = frozenset[int | None]  # None: nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """*notes*: whether words of internal notes may be found. *now* is Unix seconds; days begin as in *zone*.

    One look asks once: *stayed* remembers who stayed of merged customers and requests, *tagged* what carries tags.
    """

    notes: bool
    now: int
    zone: tzinfo
    stayed: dict[tuple[str, Ids], Ids] = field(default_factory=dict, compare=False, repr=False)
    tagged: dict[tuple[str, Ids], list[set[int]] | None] = field(default_factory=dict, compare=False, repr=False)
