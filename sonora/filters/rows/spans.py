"""A span of time as conditions on a column of Unix seconds."""

from sonora.filters.dates import Dates
from sonora.filters.viewer import Viewer


def bounds(column: str, dates: Dates | None, viewer: Viewer) -> dict[str, int]:
    """What must be true of *column* so that it lies in *dates*; nothing without them."""
    start, end = dates.bounds(viewer.now, viewer.zone) if dates else (None, None)
    return {f"{column}__{side}": at for side, at in (("gte", start), ("lt", end)) if at is not None}
