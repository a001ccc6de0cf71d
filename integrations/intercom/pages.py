"""A page of payloads → a page of records: one bad object never stops it, and an id comes once."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from integrations.errors import UnreadableObject
from integrations.intercom.reading import LARGEST_RAW, Items
from integrations.intercom.scalars import count
from integrations.records import Page, Unreadable

P = TypeVar("P", bound=msgspec.Struct)
R = TypeVar("R")


def mapped(items: Items[P], to_record: Callable[[P], R], *, following: str = "") -> Page[R]:
    """The page of records. *following*: the cursor of the next page, "" when this is the last."""
    records: list[R] = []
    unreadable = list(items.unreadable)
    for row in items.rows:
        try:
            records.append(to_record(row))
        except UnreadableObject as problem:
            raw = problem.raw[:LARGEST_RAW]
            unreadable.append(Unreadable(external_id=problem.external_id, error=problem.detail, raw=raw))
    total = count(items.envelope.total_count)
    return Page(rows=_newest_of_each(records), unreadable=tuple(unreadable), next=following, total=total)


def _newest_of_each(records: list[R]) -> Sequence[R]:
    """*records* with each id once, in their order; of two with one id the newer, of equally old ones the later."""
    chosen: dict[str, R] = {}
    for record in records:
        external_id: str = record.external_id  # type: ignore[attr-defined]
        before = chosen.get(external_id)
        if before is None or _age(record) >= _age(before):
            chosen[external_id] = record
    return tuple(chosen.values())


def _age(record: object) -> int:
    return getattr(record, "updated_at", None) or 0
