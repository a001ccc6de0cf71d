"""What Sonora knows of one person, and where it is from."""

from dataclasses import dataclass

from sonora.conversations.models import Conversation, ConversationContact
from sonora.insights import asking
from sonora.insights.asking import Asked
from sonora.people.models import Contact, Person
from sonora.screens import counts
from sonora.screens.people import listing

LATEST = 20  # conversations


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    contacts: list[Contact]
    customers: list[tuple[int | None, str]]
    conversations: list[Conversation]
    total: str
    has_more: bool
    last_at: int | None  # Unix seconds
    asked: list[Asked]


def of(person: Person) -> Profile:
    """The profile of *person* from all contacts that are still in Intercom."""
    contacts = list(Contact.objects.filter(person=person).present().order_by("-updated_at", "-pk"))
    links = ConversationContact.objects.filter(contact__in=[one.pk for one in contacts])
    talks = Conversation.objects.filter(pk__in=links.values("conversation")).present()
    latest = list(
        talks.select_related("customer", "assignee", "sentiment").order_by("-updated_at", "-pk")[: LATEST + 1]
    )
    (row,) = listing.rows([person])
    return Profile(
        contacts=contacts,
        customers=row.customers,
        conversations=latest[:LATEST],
        total=counts.text(counts.capped(talks)),
        has_more=len(latest) > LATEST,
        last_at=latest[0].updated_at if latest else None,
        asked=asking.by_person(person, most=LATEST),
    )
