"""For whom and when a filter is asked."""

from dataclasses import dataclass, field
from datetime import tzinfo

Ids = frozenset[int | None]  # None: nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """*notes*: whether words of internal notes may be found. *now* is Unix seconds; days begin as in *zone*.

    *stayed* remembers who stayed of merged customers and requests, so that one look asks for them once.
    """

    notes: bool
    now: int
    zone: tzinfo
    stayed: dict[tuple[str, Ids], Ids] = field(default_factory=dict, compare=False, repr=False)
