"""Customers, people and requests as conversations lead to them, so that one question counts those of many groups.

The lists that figures open look row by row whether a page is full; these look at everything once, and find the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sonora.chat.query import Metric
from sonora.conversations.models import ConversationQuerySet
from sonora.filters.filterset import FilterSet
from sonora.filters.rows.customers import OF_A_CUSTOMER
from sonora.filters.rows.people import OF_A_PERSON
from sonora.filters.rows.requests import OF_A_REQUEST
from sonora.filters.viewer import Viewer
from sonora.insights.models import Evidence
from sonora.people.models import Contact, ContactQuerySet

OWN = {Metric.CUSTOMERS: OF_A_CUSTOMER, Metric.PEOPLE: OF_A_PERSON, Metric.REQUESTS: OF_A_REQUEST}
PERSON = "contact_links__contact__person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What *path* leads to from one of *talks*, as far as *counts* says, given the prefix of the conversation."""

    talks: ConversationQuerySet
    path: str
    counts: Callable[[str], Q]

    def by_talks(self) -> "Reached":
        """The conversations that may lead to them, in their place."""
        return Reached(talks=self.talks, path="pk", counts=_all)

    def number(self, talk: str = "") -> Count:
        """How many different ones there are, in a query over *counts* whose conversations are at *talk*."""
        return Count(f"{talk}{self.path}", distinct=bool(talk) or self.path != "pk")

    def keys(self) -> QuerySet[Any, Any]:
        """The key of each, once."""
        found: QuerySet[Any, Any] = self.talks.filter(self.counts("")).order_by().values(self.path)
        return found.distinct()


def reached(metric: Metric, shown: FilterSet, viewer: Viewer) -> Reached:
    """The things that *metric* names that a conversation leads to which passes what *shown* says of conversations."""
    rest = shown.without(*own(metric, shown))
    match metric:
        case Metric.CUSTOMERS:
            return Reached(talks=shown.conversations(viewer), path="customer", counts=_customers)
        case Metric.PEOPLE:
            return Reached(talks=rest.conversations(viewer), path=PERSON, counts=_people(shown, viewer))
        case Metric.REQUESTS:
            return Reached(talks=rest.conversations(viewer), path="evidence__request", counts=_requests(shown, viewer))
        case _:
            return Reached(talks=shown.conversations(viewer), path="pk", counts=_all)


def own(metric: Metric, shown: FilterSet) -> tuple[str, ...]:
    """The fields of *shown* that are said of the things themselves; with a text all is said of conversations."""
    return () if shown.text else OWN.get(metric, ())


def _all(_: str) -> Q:
    return Q()


def _customers(talk: str) -> Q:
    return Q(**{f"{talk}customer__isnull": False})


def _people(shown: FilterSet, viewer: Viewer) -> Callable[[str], Q]:
    said = FilterSet(**{field: shown.of(field) for field in own(Metric.PEOPLE, shown)})

    def counts(talk: str) -> Q:
        person = f"{talk}{PERSON}"
        if not said.is_empty:
            return Q(**{f"{person}__in": said.people_passing(viewer)})
        return Q(**{f"{person}__isnull": False}) & Q(~Exists(_gone().filter(person=OuterRef(person))))

    return counts


def _gone() -> ContactQuerySet:
    """The contacts of people of whom none is left: few, where those that are left are many."""
    left = Contact.objects.all().present().filter(person=OuterRef("person"))
    return Contact.objects.filter(Q(deleted_at__isnull=False) | Q(fetched_at__isnull=True)).filter(~Exists(left))


def _requests(shown: FilterSet, viewer: Viewer) -> Callable[[str], Q]:
    listed = FilterSet(**{field: shown.of(field) for field in own(Metric.REQUESTS, shown)}).requests_passing(viewer)

    def counts(talk: str) -> Q:
        asked = f"{talk}evidence"
        return Q(**{f"{asked}__state__in": Evidence.COUNTED, f"{asked}__request__in": listed})

    return counts
