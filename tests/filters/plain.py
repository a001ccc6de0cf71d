"""A filter read as its documentation says it, over rows in memory: what the database must answer too."""

from collections.abc import Iterable
from typing import Any

from sonora.conversations.models import (
    CompanyTag,
    ContactTag,
    Conversation,
    ConversationContact,
    ConversationTag,
    Message,
    MessageTag,
    Tag,
)
from sonora.filters.dates import Dates
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import Tags
from sonora.filters.viewer import Viewer
from sonora.people.models import Contact, ContactCompany


class Rows:
    """Everything of the current scope, read once."""

    def __init__(self) -> None:
        self.conversations = list(Conversation.objects.select_related("customer", "sentiment"))
        self.messages = list(Message.objects.all())
        self.contacts = {one.pk: one for one in Contact.objects.all()}
        self.deleted_tags = set(Tag.objects.filter(deleted_at__isnull=False).values_list("pk", flat=True))
        self.taking_part = _pairs(ConversationContact, "conversation", "contact")
        self.employers = _pairs(ContactCompany, "contact", "company")
        self.tags_of = {
            "conversation": _pairs(ConversationTag, "conversation", "tag"),
            "message": _pairs(MessageTag, "message", "tag"),
            "contact": _pairs(ContactTag, "contact", "tag"),
            "company": _pairs(CompanyTag, "company", "tag"),
        }

    def passing(self, shown: FilterSet, viewer: Viewer) -> set[int]:
        return {one.pk for one in self.conversations if self.passes(one, shown, viewer)}

    def passes(self, one: Conversation, shown: FilterSet, viewer: Viewer) -> bool:
        if one.fetched_at is None or one.deleted_at is not None:
            return False
        contacts = [self.contacts[contact] for contact in self.taking_part.get(one.pk, ())]
        messages = [
            each for each in self.messages if each.conversation_id == one.pk and (viewer.notes or not each.internal)
        ]
        sentiment = one.sentiment.label if hasattr(one, "sentiment") else None
        return (
            _in(shown.states, [one.state])
            and _in(shown.sentiments, [sentiment])
            and _in(shown.customers, [one.customer_id])
            and _in(shown.tiers, [one.customer.tier] if one.customer else [])
            and _in(shown.people, [each.person_id for each in contacts if each.person_id])
            and _in(shown.roles, [each.role for each in contacts])
            and _in(shown.assignees, [one.assignee_id])
            and _within(shown.updated, one.updated_at, viewer)
            and _within(shown.opened, one.created_at, viewer)
            and self._tagged(shown.tags, "conversation", [one.pk])
            and self._tagged(shown.message_tags, "message", [each.pk for each in messages])
            and self._tagged(shown.contact_tags, "contact", [each.pk for each in contacts])
            and self._tagged(shown.company_tags, "company", self._companies(one, contacts))
            and shown.text in {"", one.title, *(each.text for each in messages), *(each.name for each in contacts)}
        )

    def _companies(self, one: Conversation, contacts: list[Contact]) -> list[int]:
        if one.company_id:
            return [one.company_id]
        return [company for contact in contacts for company in self.employers.get(contact.pk, ())]

    def _tagged(self, tags: Tags, kind: str, holders: list[int]) -> bool:
        held = {tag for holder in holders for tag in self.tags_of[kind].get(holder, ())}
        return (
            (not tags.any or bool(tags.any & held))
            and tags.all <= held
            and not tags.none & held
            and (not tags.untagged or held <= self.deleted_tags)
        )


def _pairs(model: Any, left: str, right: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in model.objects.values_list(left, right):
        found.setdefault(one, set()).add(other)
    return found


def _in(wanted: frozenset, held: Iterable) -> bool:
    return not wanted or bool(wanted & set(held))


def _within(dates: Dates | None, at: int | None, viewer: Viewer) -> bool:
    if dates is None:
        return True
    start, end = dates.bounds(viewer.now, viewer.zone)
    return at is not None and (start is None or start <= at) and (end is None or at < end)
