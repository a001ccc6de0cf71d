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
from sonora.customers.models import Customer, Match
from sonora.filters.dates import Dates
from sonora.filters.filterset import FilterSet
from sonora.filters.tags import Tags
from sonora.filters.viewer import Viewer
from sonora.graph.models import PersonStanding
from sonora.insights.models import Evidence, FeatureRequest
from sonora.people.models import Contact, ContactCompany, Person


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

        self.asking = _pairs(Evidence, "conversation", "request", state__in=("certain", "accepted"))
        self.merged = {one.pk: one.merged_into_id for one in FeatureRequest.objects.all() if one.merged_into_id}
        self.standings = {one.pk: one for one in PersonStanding.objects.all()}
        self.people = set(Person.objects.values_list("pk", flat=True))
        self.customers = {one.pk: one for one in Customer.objects.all()}
        self.matched = dict(Match.objects.filter(state="auto").values_list("company", "customer"))
        self.requests = {
            one.pk: one.title for one in FeatureRequest.objects.all() if not one.merged_into_id and not one.dismissed
        }

    def passing(self, shown: FilterSet, viewer: Viewer) -> set[int]:
        return {one.pk for one in self.conversations if self.passes(one, shown, viewer)}

    def people_passing(self, shown: FilterSet, viewer: Viewer) -> set[int]:
        rest = shown.without(
            "text", "contact_tags", "company_tags", "customers", "tiers", "people", "roles", "engagements", "champions",
            "rhythms", "silent",
        )  # fmt: skip
        talks = self.passing(rest, viewer)
        return {
            person for person in self.people if self._is_meant(person, shown, viewer, None if rest.is_empty else talks)
        }

    def _is_meant(self, person: int, shown: FilterSet, viewer: Viewer, talks: set[int] | None) -> bool:
        contacts = [one for one in self.contacts.values() if one.person_id == person and not one.deleted_at]
        theirs = {one.pk for one in self.contacts.values() if one.person_id == person}
        employers = [company for one in contacts for company in self.employers.get(one.pk, ())]
        customers = [self.customers[self.matched[one]] for one in employers if one in self.matched]
        return (
            bool(contacts)
            and (talks is None or any(self.taking_part.get(one, set()) & theirs for one in talks))
            and _in(shown.people, [person])
            and _in(shown.roles, [one.role for one in contacts])
            and self._stands(person, shown, viewer)
            and _in(shown.customers, [one.pk for one in customers] or [None])
            and _in(shown.tiers, [one.tier for one in customers])
            and self._tagged(shown.contact_tags, "contact", [one.pk for one in contacts])
            and self._tagged(shown.company_tags, "company", employers)
            and shown.text in {"", *(one.name for one in contacts)}
        )

    def customers_passing(self, shown: FilterSet, viewer: Viewer) -> set[int]:
        rest = shown.without("text", "customers", "tiers")
        having = {one.customer_id for one in self.conversations if self.passes(one, rest, viewer)}
        return {
            one.pk
            for one in self.customers.values()
            if (rest.is_empty or one.pk in having)
            and _in(shown.customers, [one.pk])
            and _in(shown.tiers, [one.tier])
            and shown.text in one.name
        }

    def requests_passing(self, shown: FilterSet, viewer: Viewer) -> set[int]:
        rest = shown.without("text", "requests")
        asked = {request for one in self.passing(rest, viewer) for request in self.asking.get(one, ())}
        return {
            pk
            for pk, title in self.requests.items()
            if (rest.is_empty or pk in asked) and _in(self._with_merged(shown.requests), [pk]) and shown.text in title
        }

    def _with_merged(self, requests: frozenset[int]) -> frozenset[int]:
        return requests | {self.merged[one] for one in requests if one in self.merged}

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
            and _in(self._with_merged(shown.requests), self.asking.get(one.pk, ()))
            and _in(shown.people, [each.person_id for each in contacts if each.person_id])
            and _in(shown.roles, [each.role for each in contacts])
            and self._talks_with_one(contacts, shown, viewer)
            and _in(shown.assignees, [one.assignee_id])
            and _within(shown.updated, one.updated_at, viewer)
            and _within(shown.opened, one.created_at, viewer)
            and self._tagged(shown.tags, "conversation", [one.pk])
            and self._tagged(shown.message_tags, "message", [each.pk for each in messages])
            and self._tagged(shown.contact_tags, "contact", [each.pk for each in contacts])
            and self._tagged(shown.company_tags, "company", self._companies(one, contacts))
            and shown.text in {"", one.title, *(each.text for each in messages), *(each.name for each in contacts)}
        )

    def _talks_with_one(self, contacts: list[Contact], shown: FilterSet, viewer: Viewer) -> bool:
        asked = shown.engagements or shown.champions or shown.rhythms or shown.silent
        return not asked or any(self._stands(each.person_id, shown, viewer) for each in contacts)

    def _stands(self, person: int | None, shown: FilterSet, viewer: Viewer) -> bool:
        """That all that is said of standings is true of one person."""
        one = self.standings.get(person or 0)
        return (
            _in(shown.engagements, [one.engagement] if one else [])
            and _in(shown.champions, ["yes" if one.is_champion else "no"] if one else [])
            and _in(shown.rhythms, [one.rhythm] if one else [])
            and _within(shown.silent, one.silent_since if one else None, viewer)
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


def _pairs(model: Any, left: str, right: str, **only: Any) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in model.objects.filter(**only).values_list(left, right):
        found.setdefault(one, set()).add(other)
    return found


def _in(wanted: frozenset, held: Iterable) -> bool:
    return not wanted or bool(wanted & set(held))


def _within(dates: Dates | None, at: int | None, viewer: Viewer) -> bool:
    if dates is None:
        return True
    start, end = dates.bounds(viewer.now, viewer.zone)
    return at is not None and (start is None or start <= at) and (end is None or at < end)
