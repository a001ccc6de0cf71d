"""The workspace as data: one canonical form of every object, from which each version's JSON is made."""

import itertools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from integrations.intercom.sandbox.index import Index

Json = dict[str, Any]

DOCUMENTS_KEPT = 4096  # generated conversations held in memory; the rest are written again when asked for


@dataclass(slots=True)
class Contact:
    """A user or lead: the flat fields, and what hangs on it."""

    fields: Json
    company_ids: list[str] = field(default_factory=list)
    tags: list[Json] = field(default_factory=list)
    language: str = "en"

    @property
    def id(self) -> str:
        return str(self.fields["id"])

    @property
    def created_at(self) -> int:
        return int(self.fields["created_at"])

    @property
    def updated_at(self) -> int:
        return int(self.fields["updated_at"])


@dataclass(slots=True)
class Company:
    """A company: its fields, its tags and the health that decides what its people write about."""

    fields: Json
    tag_ids: list[str] = field(default_factory=list)
    segment_ids: list[str] = field(default_factory=list)
    health: str = "calm"
    country: str = "us"
    domain: str = ""

    @property
    def id(self) -> str:
        return str(self.fields["id"])


@dataclass(slots=True, frozen=True, kw_only=True)
class Conversation:
    """What lists and searches need of a conversation; the words are written when they are asked for.

    *number* is its place in the generated workspace (-1 for one made later); *document* is set once it was changed.
    """

    id: int
    number: int
    created_at: int
    updated_at: int
    state: str
    snoozed_until: int | None
    contact_ids: tuple[str, ...]
    admin_id: int
    team_id: int
    tag_ids: tuple[str, ...]
    company_id: str | None
    priority: str
    story: str = ""
    language: str = "en"
    document: Json | None = None

    @property
    def open(self) -> bool:
        return self.state != "closed"


@dataclass(slots=True)
class World:
    """Everything in the workspace."""

    app: Json
    admins: dict[str, Json]
    teams: dict[str, Json]
    tags: dict[str, str]
    segments: list[Json]
    companies: dict[str, Company]
    contacts: Index[Contact]
    conversations: Index[Conversation]
    write: Callable[[Conversation], Json]
    deletions: list[Json] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    merges: list[Json] = field(default_factory=list)
    revision: int = 0
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(900_000_001))
    _documents: "OrderedDict[int, Json]" = field(default_factory=OrderedDict)

    def document(self, conversation: Conversation) -> Json:
        """The whole conversation in canonical form. Not to be changed: mutations copy it."""
        if conversation.document is not None:
            return conversation.document
        kept = self._documents.get(conversation.number)
        if kept is None:
            kept = self._documents[conversation.number] = self.write(conversation)
            if len(self._documents) > DOCUMENTS_KEPT:
                self._documents.popitem(last=False)
        return kept

    def contacts_of(self, company_id: str) -> list[Contact]:
        """The contacts of one company, in order of id."""
        return sorted(
            (contact for contact in self.contacts.live.values() if company_id in contact.company_ids),
            key=lambda contact: contact.id,
        )
