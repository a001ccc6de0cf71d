"""What Sonora exports beside what the sandbox says is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Key = tuple[str, ...]

_TOLD_OTHERWISE = {"text"}  # how HTML reads as text is ours to say; tested with the mapper


@dataclass(frozen=True)
class Difference:
    """Which objects are here and not there, and which are not the same."""

    missing: list[Key]
    extra: list[Key]
    other: list[tuple[object, ...]]

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.other)


def keyed(exported: Iterable[Row]) -> dict[Key, Row]:
    """Exported rows by type and id. Fails when one is there twice."""
    rows = list(exported)
    by_key = {_key(row): row for row in rows}
    assert len(by_key) == len(rows), "an object is exported twice"
    return by_key


def compared(ours: Mapping[Key, Row], objects: Iterable[Row]) -> Difference:
    """What the export and the sandbox's own truth (`objects`) do not agree on."""
    truth = {_key(row): row for row in objects}
    return Difference(
        missing=sorted(truth.keys() - ours.keys()),
        extra=sorted(ours.keys() - truth.keys()),
        other=[
            (*key, name, truth[key][name], value)
            for key in sorted(ours.keys() & truth.keys())
            for name, value in ours[key].items()
            if name not in _TOLD_OTHERWISE and truth[key].get(name) != value
        ],
    )


def _key(row: Row) -> Key:
    # A message's id is unique in its conversation only.
    return (row["type"], row.get("conversation_id", "") if row["type"] == "message" else "", row["id"])
