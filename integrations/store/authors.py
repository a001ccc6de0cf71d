"""Everybody and everything that a batch of conversations names, as primary keys."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.records import Author, ConversationRecord
from integrations.store.holder import Holder
from sonora.conversations.models import Team, Teammate
from sonora.customers.models import Company
from sonora.people.models import Contact

CONTACT_TYPES = frozenset({"user", "lead", "contact"})
TEAMMATE_TYPES = frozenset({"admin"})


@dataclass(frozen=True, slots=True)
class Authors:
    """Intercom's id → primary key, of each kind."""

    contacts: Mapping[str, int]
    teammates: Mapping[str, int]
    teams: Mapping[str, int]
    companies: Mapping[str, int]

    @classmethod
    def of(cls, holder: Holder, records: Sequence[ConversationRecord]) -> "Authors":
        """Find all that *records* name; who is not stored yet gets a placeholder with the name that they give."""
        authors = [message.author for record in records for message in record.messages]
        contacts: dict[str, Mapping[str, Any]] = {one: {"name": "", "email": ""} for r in records for one in r.contacts}
        contacts |= _named(authors, CONTACT_TYPES)
        teammates: dict[str, Mapping[str, Any]] = {r.assignee: {"name": "", "email": ""} for r in records if r.assignee}
        teammates |= _named(authors, TEAMMATE_TYPES)
        companies = {r.company.external_id: r.company for r in records if r.company}
        return cls(
            contacts=_living(holder, contacts),
            teammates=holder.ensure(Teammate, teammates),
            teams=holder.ensure(Team, {r.team: {} for r in records if r.team}),
            companies=holder.ensure(
                Company,
                {key: {"company_id": ref.company_id[:255], "name": ref.name[:255]} for key, ref in companies.items()},
            ),
        )

    def contact(self, author: Author) -> int | None:
        """The primary key of the contact who is *author*, or None."""
        return self.contacts.get(author.external_id) if author.type in CONTACT_TYPES else None

    def teammate(self, author: Author) -> int | None:
        """The primary key of the teammate who is *author*, or None."""
        return self.teammates.get(author.external_id) if author.type in TEAMMATE_TYPES else None


def _living(holder: Holder, named: Mapping[str, Mapping[str, Any]]) -> Mapping[str, int]:
    """The contacts, each as the one it was merged into: conversations go on naming the one that is no more."""
    known = holder.ensure(Contact, named)
    merged = dict(
        Contact.objects.filter(connection_id=holder.connection_id, external_id__in=list(named))
        .exclude(merged_into="")
        .values_list("external_id", "merged_into")
    )
    if not merged:
        return known
    survivors = holder.ensure(Contact, {survivor: {} for survivor in merged.values()})
    return ChainMap({one: survivors[survivor] for one, survivor in merged.items()}, known)


def _named(authors: Iterable[Author], types: frozenset[str]) -> dict[str, Mapping[str, Any]]:
    return {
        author.external_id: {"name": author.name[:255], "email": author.email[:254]}
        for author in authors
        if author.external_id and author.type in types
    }
