"""Whose conversation is it: the customer of the company that Intercom names on it, else of its first contact's only
company, else nobody's. A company that is no customer leaves its conversations without one.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db.models import BigIntegerField, Case, Count, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from sonora.conversations.models import Conversation, ConversationContact
from sonora.customers.models import Match
from sonora.people.models import ContactCompany
from sonora.workspaces.scoping import scope

AT_ONCE = 1_000


def attribute(
    workspace_id: int, *, companies: Collection[int] | None = None, conversations: Collection[int] | None = None
) -> int:
    """Give conversations of a workspace to their customers; only rows that differ are written.

    *companies* and *conversations* (primary keys) narrow it to their conversations; with neither, all are looked at.
    Doing it twice changes nothing. Returns how many conversations changed hands.
    """
    with scope(workspace=workspace_id):
        return sum(_attribute(some) for some in _concerned(companies, conversations))


def _concerned(
    companies: Collection[int] | None, conversations: Collection[int] | None
) -> Iterator[QuerySet[Conversation]]:
    every = Conversation.objects.all()
    if companies is None and conversations is None:
        yield every
    for some in _chunks(conversations or ()):
        yield every.filter(pk__in=some)
    for some in _chunks(companies or ()):
        workers = ContactCompany.objects.filter(company__in=some).values("contact")
        theirs = ConversationContact.objects.filter(contact__in=workers, position=0).values("conversation")
        yield every.filter(company__in=some)
        yield every.filter(pk__in=theirs, company__isnull=True)


def _chunks(items: Iterable[int]) -> Iterator[list[int]]:
    left = iter(items)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _attribute(conversations: QuerySet[Conversation]) -> int:
    number = BigIntegerField()
    differing = (
        conversations.order_by()
        .annotate(
            rightful=Coalesce(_rightful(), 0, output_field=number),
            holder=Coalesce("customer_id", 0, output_field=number),
        )
        .exclude(rightful=F("holder"))
        .values_list("pk", flat=True)
    )
    return sum(_give(some) for some in _chunks(list(differing)))


def _give(conversations: list[int]) -> int:
    """However many customers they go to: one statement."""
    return Conversation.objects.filter(pk__in=conversations).update(customer_id=_rightful())


def _rightful() -> Case:
    """The customer that a conversation belongs to, as an expression."""
    linking = Q(company__match__state__in=Match.LINKING)
    of_company = Match.objects.linking().filter(company=OuterRef("company_id")).values("customer")
    of_contact = (
        ContactCompany.objects.filter(
            contact__conversation_links__conversation=OuterRef("pk"),
            contact__conversation_links__position=0,
            company__deleted_at__isnull=True,
        )
        .order_by()
        .values("contact")
        .annotate(companies=Count("company"), only=Min("company__match__customer", filter=linking))
        .filter(companies=1)
        .values("only")
    )
    number = BigIntegerField()
    return Case(
        When(company__isnull=False, then=Subquery(of_company, output_field=number)),
        default=Subquery(of_contact, output_field=number),
    )
