"""What a filter says of tags, as conditions on conversations, and on people.

A conversation's messages, its people and its company each lend it their tags together: two tags on two of its people
are both there. Its company is the one that Intercom names on it, else the companies of its people. A tag that was
deleted in Intercom can still be asked for by those who kept its id, but makes nothing tagged.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sonora.conversations.models import CompanyTag, ContactTag, ConversationTag, MessageTag, Tag
from sonora.core.among import among
from sonora.filters.tags import Tags
from sonora.filters.viewer import Viewer
from sonora.people.models import ContactCompany

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

RARE = 3_000  # links of tags: fewer are listed from the tag, more are met often enough by walking

NO_COMPANY = Q(company__isnull=True)
ALWAYS = Q()


def of_conversations(shown: "FilterSet", viewer: Viewer) -> Iterator[Q]:
    """What must be true of a conversation; for who may not read internal notes, tags of those don't count."""
    of_messages = MessageTag.objects.all() if viewer.notes else MessageTag.objects.filter(message__internal=False)
    of_people = "contact__conversation_links__conversation"
    of_colleagues = "company__contact_links__contact__conversation_links__conversation"
    named_or_else = {"company__conversations": ALWAYS, of_colleagues: NO_COMPANY}
    tagged = Links("conversation", viewer, ConversationTag.objects.all(), {"conversation": ALWAYS})
    yield from _said(replace(shown.tags, untagged=False), tagged)
    if shown.tags.untagged:
        yield _without_tags(tagged)
    yield from _said(shown.message_tags, Links("message", viewer, of_messages, {"message__conversation": ALWAYS}))
    yield from _said(shown.contact_tags, Links("contact", viewer, ContactTag.objects.all(), {of_people: ALWAYS}))
    yield from _said(shown.company_tags, Links("company", viewer, CompanyTag.objects.all(), named_or_else))


def _without_tags(links: "Links") -> Q:
    """It is kept whether a conversation has links to tags; where tags were deleted, it may have some to those."""
    deleted = Tag.objects.filter(deleted_at__isnull=False)
    if not deleted.exists():
        return Q(untagged=True)
    return Q(untagged=True) | Q(pk__in=links.rows.filter(tag__in=deleted).values("conversation")) & links.untagged()


def of_people(shown: "FilterSet", viewer: Viewer) -> Iterator[Q]:
    """What must be true of a person: of their contacts that are still there together, and of these' companies."""
    held = {"contact__deleted_at__isnull": True, "contact__fetched_at__isnull": False}
    path = {"contact__person": ALWAYS}
    yield from _said(shown.contact_tags, Links("contact of a person", viewer, ContactTag.objects.filter(**held), path))
    employed = ContactCompany.objects.filter(**held)
    yield from _said(
        shown.company_tags, Links("company of a person", viewer, employed, path, tag="company__tag_links__tag")
    )


@dataclass(frozen=True, slots=True)
class Links:
    """The *rows* that tag one kind of thing, called *name*, *tag* being the way to its tag.

    *paths* lead from there to what is asked for, each with when it counts.
    """

    name: str
    viewer: Viewer
    rows: QuerySet[Any]
    paths: dict[str, Q]
    tag: str = "tag"

    def few(self, tags: Collection[int]) -> list[set[int]] | None:
        """What carries one of *tags*, by each of the paths; None when a path leads to many."""
        key = self.name, frozenset[int | None](tags)
        if key not in self.viewer.tagged:
            self.viewer.tagged[key] = self._few(tags)
        return self.viewer.tagged[key]

    def _few(self, tags: Collection[int]) -> list[set[int]] | None:
        rows = self._of(tags)
        found = [_keys(rows.values_list(path, flat=True)) for path in self.paths]
        return None if None in found else [keys for keys in found if keys is not None]

    def among(self, keys: list[set[int]]) -> Q:
        """That it is one of *keys*, which `few` gave."""
        return reduce(or_, (when & Q(among("pk", some)) for when, some in zip(self.paths.values(), keys, strict=True)))

    def having(self, tags: Collection[int]) -> Q:
        return _there(self._of(tags), self.paths)

    def having_none(self, tags: Collection[int]) -> Q:
        return ~_there(self._of(tags), self.paths)

    def untagged(self) -> Q:
        return ~_there(self._of(Tag.objects.filter(deleted_at__isnull=True)), self.paths)

    def _of(self, tags: Collection[int] | QuerySet[Tag]) -> QuerySet[Any]:
        return self.rows.filter(**{f"{self.tag}__in": tags})


def _keys(found: QuerySet[Any, Any]) -> set[int] | None:
    """The keys that *found* gives, or None when they are many; links that lead nowhere give none."""
    some = list(found.order_by()[: RARE + 1])
    return None if len(some) > RARE else {key for key in some if key is not None}


def _there(rows: QuerySet[Any], paths: dict[str, Q]) -> Q:
    """That one of *rows* speaks of it, asked of each conversation or person."""
    return reduce(or_, (when & Q(Exists(rows.filter(**{path: OuterRef("pk")}))) for path, when in paths.items()))


def _said(tags: Tags, links: Links) -> Iterator[Q]:
    few: list[set[int]] | None = None
    for wanted in [tags.any] * bool(tags.any) + [frozenset({tag}) for tag in sorted(tags.all)]:
        found = links.few(wanted)
        if found is None:
            yield links.having(wanted)
        else:  # read before the question is asked, so that no planner errs; they meet here, so that they stay few
            few = found if few is None else [one & other for one, other in zip(few, found, strict=True)]
    if few is not None:
        yield links.among(few)
    if tags.none:
        yield links.having_none(tags.none)
    if tags.untagged:
        yield links.untagged()
