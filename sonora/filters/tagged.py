"""What a filter says of tags, as conditions on conversations.

A conversation's messages, its people and its company each lend it their tags together: two tags on two of its people
are both there. Its company is the one that Intercom names on it, else the companies of its people. A tag that was
deleted in Intercom can still be asked for by those who kept its id, but makes nothing tagged.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sonora.conversations.models import CompanyTag, ContactTag, ConversationTag, MessageTag
from sonora.filters.tags import Tags

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

RARE = 5_000  # links of tags: fewer are listed from the tag, more are met often enough by walking

NO_COMPANY = Q(company__isnull=True)
ALWAYS = Q()


def conditions(shown: "FilterSet", *, notes: bool) -> Iterator[Q]:
    """What must be true of a conversation; without *notes*, tags of internal notes don't count."""
    of_messages = MessageTag.objects.all() if notes else MessageTag.objects.filter(message__internal=False)
    of_people = "contact__conversation_links__conversation"
    of_colleagues = "company__contact_links__contact__conversation_links__conversation"
    yield from _said(shown.tags, Links(ConversationTag.objects.all(), {"conversation": ALWAYS}))
    yield from _said(shown.message_tags, Links(of_messages, {"message__conversation": ALWAYS}))
    yield from _said(shown.contact_tags, Links(ContactTag.objects.all(), {of_people: ALWAYS}))
    yield from _said(
        shown.company_tags,
        Links(CompanyTag.objects.all(), {"company__conversations": ALWAYS, of_colleagues: NO_COMPANY}),
    )


@dataclass(frozen=True, slots=True)
class Links:
    """The rows that tag one kind of thing, and the *paths* from there to conversations, each with when it counts."""

    rows: QuerySet[Any]
    paths: dict[str, Q]

    def having(self, tags: Collection[int]) -> Q:
        """That one of *tags* is there; begins with the rows of the tags where they are few."""
        rows = self.rows.filter(tag__in=tags)
        if rows[: RARE + 1].count() > RARE:
            return _there(rows, self.paths)
        return reduce(or_, (counts & Q(pk__in=rows.values(path)) for path, counts in self.paths.items()))

    def having_none(self, tags: Collection[int]) -> Q:
        return ~_there(self.rows.filter(tag__in=tags), self.paths)

    def untagged(self) -> Q:
        return ~_there(self.rows.filter(tag__deleted_at__isnull=True), self.paths)


def _there(rows: QuerySet[Any], paths: dict[str, Q]) -> Q:
    """That one of *rows* speaks of the conversation, asked of each conversation."""
    return reduce(or_, (when & Q(Exists(rows.filter(**{path: OuterRef("pk")}))) for path, when in paths.items()))


def _said(tags: Tags, links: Links) -> Iterator[Q]:
    if tags.any:
        yield links.having(tags.any)
    for tag in sorted(tags.all):
        yield links.having([tag])
    if tags.none:
        yield links.having_none(tags.none)
    if tags.untagged:
        yield links.untagged()
