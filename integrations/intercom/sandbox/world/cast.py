"""Who can appear in conversations, as they were at the start: later changes do not rewrite what was said."""

import bisect
from dataclasses import dataclass

from integrations.intercom.sandbox.world.model import Company, Contact, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people, firms and tags of the start."""

    admins: dict[str, Json]
    admin_ids: list[int]
    companies: dict[str, Company]
    contacts: dict[str, Contact]
    by_creation: list[Contact]
    created: list[int]
    tags: dict[str, str]
    tag_by_name: dict[str, str]

    @classmethod
    def of(
        cls,
        *,
        admins: dict[str, Json],
        companies: list[Company],
        contacts: list[Contact],
        tags: dict[str, str],
    ) -> "Cast":
        """The cast of one workspace; *contacts* come in order of creation."""
        return cls(
            admins=admins,
            admin_ids=[int(ident) for ident in admins],
            companies={it.id: it for it in companies},
            contacts={it.id: it for it in contacts},
            by_creation=contacts,
            created=[it.created_at for it in contacts],
            tags=tags,
            tag_by_name={name: ident for ident, name in reversed(tags.items())},
        )

    def known_at(self, moment: int) -> int:
        """How many contacts existed at *moment*; at least one."""
        return max(1, bisect.bisect_right(self.created, moment))
