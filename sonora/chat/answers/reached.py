"""Customers, people and requests as conversations lead to them, so that one question counts those of many groups.

The lists that figures open look row by row whether a page is full; these look at everything once, and find the same.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sonora.chat.answers import talks
from sonora.chat.query import Metric
from sonora.conversations.models import ConversationContact, ConversationQuerySet
from sonora.core.among import among, among_those
from sonora.filters.filterset import FilterSet
from sonora.filters.rows.customers import OF_A_CUSTOMER
from sonora.filters.rows.people import OF_A_PERSON
from sonora.filters.rows.requests import OF_A_REQUEST
from sonora.filters.viewer import Viewer
from sonora.insights.models import Evidence
from sonora.people.models import Contact, ContactQuerySet

OWN = {Metric.CUSTOMERS: OF_A_CUSTOMER, Metric.PEOPLE: OF_A_PERSON, Metric.REQUESTS: OF_A_REQUEST}
PERSON, REQUEST = "contact_links__person", "evidence__request"  # from a conversation
LISTED = 3_000  # people without a contact that is left


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What *path* leads to from one of *talks*, as far as *counts* is true on the way."""

    talks: ConversationQuerySet
    path: str
    counts: Q

    def by_talks(self) -> "Reached":
        """The conversations that may lead to them, in their place."""
        return Reached(talks=self.talks, path="pk", counts=Q())

    def number(self, *, is_many: bool = False) -> Count:
        """How many different ones there are; *is_many*: in a query that has several rows of a conversation."""
        return Count(self.path, distinct=is_many or self.path != "pk")

    def keys(self) -> QuerySet[Any, Any]:
        """The key of each, once."""
        found: QuerySet[Any, Any] = self.talks.filter(self.counts).order_by().values(self.path)
        return found.distinct()


def reached(metric: Metric, shown: FilterSet, viewer: Viewer) -> Reached:
    """The things that *metric* names that a conversation leads to which passes what *shown* says of conversations.

    Raises TooCommon.
    """
    rest = shown.without(*own(metric, shown))
    match metric:
        case Metric.CUSTOMERS:
            return Reached(talks=talks.passing(shown, viewer), path="customer", counts=Q(customer__isnull=False))
        case Metric.PEOPLE:
            return Reached(talks=talks.passing(rest, viewer), path=PERSON, counts=_people(shown, viewer))
        case Metric.REQUESTS:
            return Reached(talks=talks.passing(rest, viewer), path=REQUEST, counts=_requests(shown, viewer))
        case _:
            return Reached(talks=talks.passing(shown, viewer), path="pk", counts=Q())


def links(shown: FilterSet, viewer: Viewer) -> QuerySet[ConversationContact]:
    """Links to the people whom `reached` counts, of any conversations."""
    return ConversationContact.objects.filter(_people(shown, viewer, "person"))


def of_few(theirs: QuerySet[ConversationContact], talks: ConversationQuerySet) -> QuerySet[ConversationContact]:
    """Those of *theirs* that are of one of *talks*, listed first: PostgreSQL else reads all who ever took part."""
    return theirs.filter(among_those("conversation", talks.order_by().values("pk")))


def own(metric: Metric, shown: FilterSet) -> tuple[str, ...]:
    """The fields of *shown* that are said of the things themselves; with a text all is said of conversations."""
    return () if shown.text else OWN.get(metric, ())


def _people(shown: FilterSet, viewer: Viewer, path: str = PERSON) -> Q:
    said = FilterSet(**{field: shown.of(field) for field in own(Metric.PEOPLE, shown)})
    if not said.is_empty:
        return Q(**{f"{path}__in": said.people_passing(viewer)})
    return Q(**{f"{path}__isnull": False}) & _left(viewer, path)


def _left(viewer: Viewer, path: str) -> Q:
    """That a contact of theirs is left. Of whom none is are few: they are read first, so that no row is asked."""
    gone = viewer.once("gone", lambda: list(_gone().values_list("person", flat=True).distinct()[: LISTED + 1]))
    if len(gone) > LISTED:
        return Q(~Exists(_gone().filter(person=OuterRef(path))))
    return Q(~among(path, gone)) if gone else Q()


def _gone() -> ContactQuerySet:
    """The contacts of people of whom none is left."""
    left = Contact.objects.all().present().filter(person=OuterRef("person"))
    return Contact.objects.all().gone().filter(~Exists(left), person__isnull=False)


def _requests(shown: FilterSet, viewer: Viewer) -> Q:
    said = FilterSet(**{field: shown.of(field) for field in own(Metric.REQUESTS, shown)})
    return Q(evidence__state__in=Evidence.COUNTED, **{f"{REQUEST}__in": said.requests_passing(viewer)})
