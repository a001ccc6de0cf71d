"""Who asks for what: in one conversation, of one customer, by one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from sonora.conversations.models import Conversation
from sonora.customers.models import Customer
from sonora.insights import counting
from sonora.insights.models import Evidence, FeatureRequest
from sonora.insights.models.requests import EvidenceQuerySet
from sonora.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request, how often they asked for it, when last (Unix seconds), and in which words then."""

    request: FeatureRequest
    mentions: int
    last_at: int
    quote: str


def in_conversation(conversation: Conversation) -> list[Evidence]:
    """What is asked for in *conversation*, oldest first; the figures of the requests are right."""
    counting.settle(conversation.workspace_id)
    words = Evidence.objects.filter(conversation=conversation, request__dismissed=False)
    said = words.exclude(state=Evidence.State.DISMISSED).select_related("request").order_by("message__created_at", "pk")
    return list(said.defer("vector", "request__vector"))


def once_each(words: Iterable[Evidence]) -> list[Evidence]:
    """The first of *words* for each request."""
    first: dict[int, Evidence] = {}
    for one in words:
        first.setdefault(one.request_id, one)
    return list(first.values())


def of_customer(customer: Customer, *, most: int) -> list[Asked]:
    """What *customer* asks for, most often asked first."""
    return _asked(Evidence.objects.filter(conversation__customer=customer), most)


def by_person(person: Person, *, most: int) -> list[Asked]:
    """What *person* asks for, most often asked first."""
    return _asked(Evidence.objects.filter(contact__person=person), most)


def _asked(words: EvidenceQuerySet, most: int) -> list[Asked]:
    listed = FeatureRequest.objects.filter(dismissed=False, evidence__in=words.counted()).defer("vector")
    latest = words.counted().filter(request=OuterRef("pk")).order_by("-message__created_at", "-pk").values("quote")
    found: QuerySet[Any] = listed.annotate(
        own=Count("evidence"), own_last=Max("evidence__message__created_at"), own_quote=Subquery(latest[:1])
    )
    return [
        Asked(request=one, mentions=one.own, last_at=one.own_last or 0, quote=one.own_quote)
        for one in found.order_by("-own", "-own_last", "pk")[:most]
    ]
