"""The numbers of each customer of a page, however many there are: a question for each kind."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q

from sonora.conversations.models import Conversation
from sonora.customers.models import Match
from sonora.insights import counting, trends
from sonora.insights.models import Evidence, FeatureRequest
from sonora.insights.trends import Mix
from sonora.people.models import Contact
from sonora.workspaces.scoping import scoped_workspace


@dataclass(slots=True, kw_only=True)
class Figures:
    """Each number is the length of the list that it opens; *mix*: how the conversations of 30 days felt."""

    conversations: int = 0
    open: int = 0
    last_at: int | None = None  # when they or we last wrote to the other (Unix seconds)
    people: int = 0  # who have a name
    requests: int = 0
    mix: Mix = field(default_factory=Mix)


def of(customers: Collection[int], *, until: int) -> dict[int, Figures]:
    """Of each of *customers* (primary keys); *until* is the end of the 30 days (Unix seconds)."""
    counting.settle_for_a_page(scoped_workspace())
    found = {pk: Figures() for pk in customers}
    for row in _talks(customers):
        figures = found[row["customer"]]
        figures.conversations, figures.open, figures.last_at = row["count"], row["is_open"], row["last"]
    for pk, number in _people(customers):
        found[pk].people = number
    for pk, number in _requests(customers):
        found[pk].requests = number
    for pk, mix in trends.of_customers(customers, until=until).items():
        found[pk].mix = mix
    return found


def _talks(customers: Collection[int]) -> Any:
    talks = Conversation.objects.filter(customer__in=customers).present().order_by().values("customer")
    is_open = Q(state=Conversation.State.OPEN)
    return talks.annotate(count=Count("pk"), is_open=Count("pk", filter=is_open), last=Max("said_at"))


def _people(customers: Collection[int]) -> Any:
    company = "company_links__company"
    works = {f"{company}__match__customer__in": customers, f"{company}__match__state__in": Match.LINKING}
    staff = Contact.objects.all().present().filter(**works, **{f"{company}__deleted_at__isnull": True})
    named = staff.filter(person__name__gt="").order_by()
    return named.values_list(f"{company}__match__customer").annotate(Count("person", distinct=True))


def _requests(customers: Collection[int]) -> Any:
    held = {"conversation__customer__in": customers, "conversation__fetched_at__isnull": False}
    words = Evidence.objects.all().counted().filter(**held, request__in=FeatureRequest.objects.all().listed())
    return words.order_by().values_list("conversation__customer").annotate(Count("request", distinct=True))
