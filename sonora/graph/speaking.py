"""Who speaks for whom: one of two colleagues opened a conversation in which both take part.

It is asked of one person at a time, for their page. No list or map goes by it, so nothing of it is kept.
"""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from sonora.conversations.models import CUSTOMER_TYPES, ConversationContact, Message
from sonora.core.among import among
from sonora.customers.models import Match
from sonora.people.models import ContactCompany, Person


def spoken_for(person: int, talks: Collection[int], customers: Collection[int]) -> list[Person]:
    """The colleagues for whom *person* speaks in *talks*, by name; one question to the database.

    *talks* are conversations in which *person* takes part, *customers* those for whom they work (all primary keys).
    """
    if not talks or not customers:
        return []
    begun = Message.objects.filter(conversation=OuterRef("conversation"), origin=Message.Origin.SOURCE)
    opener = Subquery(begun.filter(author_type__in=CUSTOMER_TYPES).values("contact__person")[:1])
    beside = ConversationContact.objects.filter(among("conversation", talks)).exclude(person=person)
    both = beside.annotate(opener=opener).filter(Q(opener=person) | Q(opener=F("person")))
    return list(
        Person.objects.filter(Exists(_works_for(customers)), pk__in=both.values("person")).order_by("name", "pk")
    )


def _works_for(customers: Collection[int]) -> QuerySet[ContactCompany]:
    """The places of work of a person at *customers*, while both contact and company are there."""
    at = {"company__match__customer__in": customers, "company__match__state__in": Match.LINKING}
    return ContactCompany.objects.all().held().filter(person=OuterRef("pk"), **at)
