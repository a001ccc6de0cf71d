"""What Sonora knows of one customer."""

from dataclasses import dataclass

from sonora.conversations.models import Conversation
from sonora.customers.models import Customer, ExternalId, Match, Merge
from sonora.insights import asking
from sonora.insights.asking import Asked
from sonora.people.models import Contact, Person
from sonora.screens import counts

LATEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    arr: str
    external_ids: list[ExternalId]
    matches: list[Match]  # companies that are this customer
    conversations: list[Conversation]
    total: str
    open: str
    people: list[Person]
    people_total: str
    last_at: int | None  # Unix seconds
    merges: list[Merge]  # customers that went into this one
    asked: list[Asked]


def of(customer: Customer) -> Profile:
    """The profile of *customer* from its ids, its companies, their people and its conversations."""
    talks = Conversation.objects.filter(customer=customer).present()
    latest = list(talks.select_related("sentiment").order_by("-updated_at", "-pk")[:LATEST])
    matches = Match.objects.linking().filter(customer=customer).select_related("company", "external_id")
    companies = matches.values("company")
    contacts = Contact.objects.all().present().filter(company_links__company__in=companies)
    people = Person.objects.filter(pk__in=contacts.values("person"))
    counted = counts.together(
        Customer.objects.filter(pk=customer.pk),
        total=talks,
        open=talks.filter(state=Conversation.State.OPEN),
        people=people,
    )
    return Profile(
        arr="" if customer.arr is None else f"{customer.arr:,.2f}".removesuffix(".00"),
        external_ids=list(ExternalId.objects.filter(customer=customer).order_by("source", "value")),
        matches=list(matches.order_by("company__name", "pk")),
        conversations=latest,
        total=counts.text(counted["total"]),
        open=counts.text(counted["open"]),
        people=list(people.order_by("name", "pk")[:LATEST]),
        people_total=counts.text(counted["people"]),
        last_at=latest[0].updated_at if latest else None,
        merges=list(Merge.objects.filter(kept=customer, undone_at__isnull=True).order_by("-at", "-pk")[:LATEST]),
        asked=asking.of_customer(customer, most=LATEST),
    )
