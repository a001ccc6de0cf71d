"""For whom and when a filter is asked."""

from dataclasses import dataclass
from datetime import tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """*notes*: whether words of internal notes may be found. *now* is Unix seconds; days begin as in *zone*."""

    notes: bool
    now: int
    zone: tzinfo
