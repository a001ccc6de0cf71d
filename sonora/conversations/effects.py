"""What would move, or did, with companies: their conversations and people."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Value

from sonora.conversations.models import Conversation, ConversationContact
from sonora.customers import matches
from sonora.people.models import ContactCompany


@dataclass(slots=True)
class Effect:
    """How many conversations and people belong to a company."""

    conversations: int = 0
    people: int = 0


def of(companies: Collection[int]) -> dict[int, Effect]:
    """The effect of each of *companies* (primary keys), zeros included, as `attribution` gives them; few queries."""
    found = {company: Effect() for company in companies}
    for some in matches.chunks(companies):
        for company, kind, count in _named(some).union(_by_contact(some), _people(some), all=True):
            if kind == TALKS:
                found[company].conversations += count
            else:
                found[company].people = count
    return found


def total(companies: Collection[int]) -> Effect:
    """The effect of *companies* together; a person of two companies counts once."""
    one_by_one = of(companies)
    people = sum(
        ContactCompany.objects.filter(company__in=some, **_PRESENT).aggregate(
            people=Count("contact__person", distinct=True)
        )["people"]
        for some in matches.chunks(companies)
    )
    return Effect(conversations=sum(one.conversations for one in one_by_one.values()), people=people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The people of a company: how many they are, and when one of them was seen last (Unix seconds)."""

    people: int = 0
    seen_at: int | None = None


def staff(companies: Collection[int]) -> dict[int, Staff]:
    """The people of each of *companies* (primary keys); those without any are left out. One query."""
    workers = ContactCompany.objects.filter(company__in=companies, **_PRESENT).order_by().values_list("company_id")
    counted = workers.annotate(Count("contact__person", distinct=True), Max("contact__last_seen_at"))
    return {company: Staff(people=people, seen_at=seen_at) for company, people, seen_at in counted}


def last_changes(companies: Collection[int]) -> dict[int, int]:
    """When a conversation that names each of *companies* changed last (Unix seconds); one query."""
    talks = Conversation.objects.filter(company__in=companies).present().order_by().values_list("company_id")
    return dict(talks.annotate(Max("updated_at")))


_PRESENT = {"contact__fetched_at__isnull": False, "contact__deleted_at__isnull": True}


TALKS, PEOPLE = 1, 2
Counted = QuerySet[Any, tuple[int, int, int]]  # company, what is counted, how many


def _named(companies: Collection[int]) -> Counted:
    """Conversations on which Intercom names the company."""
    talks = Conversation.objects.filter(company__in=companies).present().order_by()
    return talks.values_list("company_id", Value(TALKS)).annotate(Count("pk"))


def _by_contact(companies: Collection[int]) -> Counted:
    """Conversations without a company whose first contact works for this one alone."""
    counted = Count("company", filter=Q(company__deleted_at__isnull=True))
    of_these = ContactCompany.objects.filter(company__in=companies, company__deleted_at__isnull=True).values("contact")
    alone = (
        ContactCompany.objects.filter(contact__in=of_these)
        .order_by()
        .values("contact")
        .annotate(companies=counted)
        .filter(companies=1)
        .values("contact")
    )
    talks = ConversationContact.objects.filter(
        position=0,
        contact__in=alone,
        contact__company_links__company__in=companies,
        conversation__company__isnull=True,
        conversation__fetched_at__isnull=False,
        conversation__deleted_at__isnull=True,
    )
    return talks.order_by().values_list("contact__company_links__company", Value(TALKS)).annotate(Count("conversation"))


def _people(companies: Collection[int]) -> Counted:
    workers = ContactCompany.objects.filter(company__in=companies, **_PRESENT).order_by()
    return workers.values_list("company_id", Value(PEOPLE)).annotate(Count("contact__person", distinct=True))
