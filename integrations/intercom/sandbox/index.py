"""Objects as they are, and as the search knows them: the second may be late."""

import bisect
from collections import deque
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Dated(Protocol):
    """What can be kept in an index: it has dates of creation and change, in Unix seconds."""

    @property
    def created_at(self) -> int: ...
    @property
    def updated_at(self) -> int: ...


T = TypeVar("T", bound=Dated)
Key = tuple[int, "int | str"]


class Index(Generic[T]):
    """A collection by id whose searchable copy follows after a lag."""

    def __init__(self, objects: dict[int | str, T]) -> None:
        self.live = objects
        self.searchable = dict(objects)
        self.revision = 0
        self._late: deque[tuple[float, int | str, T | None]] = deque()
        self._sorted: dict[str, tuple[int, list[Key]]] = {}

    def put(self, ident: int | str, value: T | None, *, visible_at: float) -> None:
        """Store *value* under *ident* now (None removes it); the search sees it at *visible_at*."""
        if value is None:
            self.live.pop(ident, None)
        else:
            self.live[ident] = value
        self._late.append((visible_at, ident, value))

    def forget(self, ident: int | str) -> None:
        """Remove an object from everywhere at once, as a merge does."""
        self.live.pop(ident, None)
        self._late = deque(late for late in self._late if late[1] != ident)
        self._apply(ident, None)

    def catch_up(self, now: float) -> None:
        """Let the search see every change that is due at *now*."""
        while self._late and self._late[0][0] <= now:
            _, ident, value = self._late.popleft()
            self._apply(ident, value)

    def keys(self, field: str) -> list[Key]:
        """(date, id) of every searchable object, ascending by the date *field*."""
        revision, keys = self._sorted.get(field, (-1, []))
        if revision != self.revision:
            keys = sorted((getattr(value, field), ident) for ident, value in self.searchable.items())
            self._sorted[field] = (self.revision, keys)
        return keys

    def between(self, field: str, low: int, high: int) -> Iterator[T]:
        """Searchable objects whose date *field* lies in low … high, both included."""
        keys = self.keys(field)
        start = bisect.bisect_left(keys, low, key=lambda key: key[0])
        end = bisect.bisect_right(keys, high, key=lambda key: key[0])
        return (self.searchable[ident] for _, ident in keys[start:end])

    def _apply(self, ident: int | str, value: T | None) -> None:
        self.revision += 1
        if value is None:
            self.searchable.pop(ident, None)
        else:
            self.searchable[ident] = value
