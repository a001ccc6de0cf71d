"""The lists that have a filter bar, and what each of them can be filtered by."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict

from sonora.core import typed
from sonora.filters.chips import Pairs
from sonora.filters.parts import BY_KEY

BESIDE = frozenset({"after", "before", "edit", "find"})  # names of an address that are no filter
OFFERED = {
    "conversations": (
        "tags.any", "states", "sentiments", "updated", "opened", "customers", "tiers", "people", "roles", "assignees",
        "requests", "message_tags.any", "contact_tags.any", "company_tags.any", "champions", "engagements", "rhythms",
        "silent",
    ),
    "people": (
        "contact_tags.any", "roles", "engagements", "champions", "rhythms", "silent", "customers", "tiers",
        "sentiments", "tags.any", "states", "assignees", "requests", "updated", "opened", "company_tags.any",
    ),
    "requests": (
        "tags.any", "sentiments", "states", "updated", "opened", "customers", "tiers", "people", "assignees",
        "message_tags.any", "contact_tags.any", "company_tags.any",
    ),
}  # fmt: skip
IN_SIGHT = {
    "conversations": ("tags.any", "states", "sentiments", "updated"),
    "people": ("contact_tags.any", "roles", "engagements", "champions", "rhythms"),
    "requests": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A list at *path* of *listing* (a key of `OFFERED`), its bar showing *editing* (the key of a part) open.

    *find* is what the values of that part are searched for, *kept* are names and values of the address that are no
    filter.
    """

    path: str
    listing: str
    editing: str = ""
    find: str = ""
    kept: Pairs = ()
    is_bare: bool = False  # only what narrows has a chip

    @classmethod
    def of(cls, query: QueryDict, *, path: str, listing: str, kept: Pairs = (), is_bare: bool = False) -> "Place":
        """The list at *path*, its bar as the address says."""
        find = typed.text(query.get("find", ""))
        return cls(path=path, listing=listing, editing=query.get("edit", ""), find=find, kept=kept, is_bare=is_bare)

    @property
    def offered(self) -> Collection[str]:
        return OFFERED[self.listing]

    @property
    def open_too(self) -> Collection[str]:
        """The parts that have a chip although they narrow nothing."""
        return {*(() if self.is_bare else IN_SIGHT[self.listing]), *({self.editing} & set(BY_KEY))}
