"""Whose rows are written, and where their parents are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models

from sonora.core.upsert import ids_by_key, upsert

T = TypeVar("T")
REMEMBERED = 50_000  # primary keys a slice keeps in memory, for each kind of object


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """A record, and when the provider gave it (Unix seconds of its own clock)."""

    record: T
    at: int


@dataclass(slots=True)
class Saved:
    """What a call changed: objects read, objects that are new or differ, and what it found still to do."""

    read: int = 0
    changed: int = 0
    messages: int = 0
    unknown_companies: bool = False  # a company was named that is not read yet


@dataclass(slots=True)
class Holder:
    """The connection whose rows are written; remembers primary keys by Intercom's ids for as long as a slice lasts.

    Rows are taken out by a purge, which fences every slice off first, or by this slice itself, which then forgets them:
    so a key never goes stale.
    """

    workspace_id: int
    connection_id: int
    named_tags: set[str] = field(default_factory=set)  # by their ids at the provider: those that surely have a name
    _known: dict[type[models.Model], dict[str, int]] = field(default_factory=dict)

    @property
    def owner(self) -> dict[str, int]:
        """The two columns that every synced row begins with."""
        return {"workspace_id": self.workspace_id, "connection_id": self.connection_id}

    def ids(self, model: type[models.Model], external_ids: Iterable[str]) -> dict[str, int]:
        """The primary keys of those of *external_ids* that are stored."""
        known = self._memory(model)
        missing = {one for one in external_ids if one not in known}
        if missing:
            known.update(ids_by_key(model, "external_id", sorted(missing), connection_id=self.connection_id))
        return known

    def ensure(self, model: type[models.Model], named: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        """Primary keys for all of *named* (external id → what is known of it).

        An object that is not stored becomes a placeholder: children must not wait for the day their parent is read.
        """
        known = self.ids(model, named)
        missing = [one for one in named if one not in known]
        if missing:
            rows = [{**self.owner, "external_id": one, **named[one]} for one in sorted(missing)]
            self.remember(model, upsert(model, rows, key=("connection_id", "external_id"), update=()).inserted)
        return known

    def remember(self, model: type[models.Model], written: Mapping[Any, int]) -> None:
        """Note primary keys that `upsert` gave for the key (connection, external id)."""
        self._memory(model).update({key[1]: pk for key, pk in written.items()})

    def forget(self, model: type[models.Model]) -> None:
        """Rows of *model* were taken out: look each up again."""
        self._known.pop(model, None)

    def _memory(self, model: type[models.Model]) -> dict[str, int]:
        memory = self._known.setdefault(model, {})
        if len(memory) > REMEMBERED:
            memory.clear()
        return memory
