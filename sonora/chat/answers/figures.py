"""The figures of an answer: each is the length of a list that somebody can open, because both ask the same filter."""

from collections.abc import Sequence
from typing import Any

from django.db.models import IntegerField, Q, QuerySet

from sonora.chat.answers import moods, reach, talks
from sonora.chat.answers.reached import OWN, links, own, reached
from sonora.chat.answers.talks import TooCommon
from sonora.chat.query import Metric, Query
from sonora.core.counted import Counted
from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights.models import Evidence, FeatureRequest
from sonora.people.models import Person
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scoped_workspace

Rows = QuerySet[Any]


def count(query: Query, viewer: Viewer) -> int:
    """How many of what the metric of *query* names there are. Raises TooCommon."""
    is_over_time = query.group_by is not None and query.group_by.is_time
    if is_over_time and query.metric not in OWN:
        return reach.of(query, viewer).number
    return _keys(query, viewer).count()


def counted(query: Query, viewer: Viewer) -> tuple[int, bool]:
    """The same, and whether there may be more: of conversations with a common text some are counted at least.

    Raises TooCommon where customers, people or requests are counted.
    """
    try:
        return count(query, viewer), False
    except TooCommon as found:
        if query.metric in OWN:
            raise
        return found.number, True


def counts(queries: Sequence[Query], viewer: Viewer) -> list[int]:
    """The same of each of *queries*, in one statement."""
    numbers = {
        f"number{at}": Counted(_keys(one, viewer), output_field=IntegerField()) for at, one in enumerate(queries)
    }
    (found,) = Workspace.objects.filter(pk=scoped_workspace()).values_list(*numbers.values()) if numbers else [()]
    return list(found)


def _keys(query: Query, viewer: Viewer) -> QuerySet[Any, Any]:
    metric, shown = query.metric, query.filters
    rest = shown.without(*own(metric, shown))
    if metric not in OWN or rest.is_empty:
        return rows(metric, shown, viewer).order_by().values("pk")
    if metric is Metric.PEOPLE and rest.without("sentiments").is_empty:
        return moods.people(links(shown, viewer), rest.sentiments)
    return reached(metric, shown, viewer).keys()


def rows(metric: Metric, shown: FilterSet, viewer: Viewer) -> Rows:
    """The things that *metric* names and *shown* lets pass; the conversations, where their sentiment is asked for.

    Raises TooCommon.

    A question's text is about what was said, not about anybody's name: with one, customers, people and requests are
    those of the conversations in which it stands.
    """
    match metric:
        case Metric.CUSTOMERS:
            return _customers(shown, viewer) if shown.text else shown.customers_passing(viewer)
        case Metric.PEOPLE:
            return _people(shown, viewer) if shown.text else shown.people_passing(viewer)
        case Metric.REQUESTS:
            return _requests(shown, viewer) if shown.text else shown.requests_passing(viewer)
        case _:
            return talks.passing(shown, viewer)


def _customers(shown: FilterSet, viewer: Viewer) -> QuerySet[Customer]:
    return Customer.objects.filter(pk__in=_talks(shown, viewer).values("customer"))


def _people(shown: FilterSet, viewer: Viewer) -> QuerySet[Person]:
    return (
        Person.objects.all()
        .present()
        .filter(Q(contacts__conversation_links__conversation__in=_talks(shown, viewer)))
        .distinct()
    )


def _requests(shown: FilterSet, viewer: Viewer) -> QuerySet[FeatureRequest]:
    asked = Evidence.objects.all().counted().filter(conversation__in=_talks(shown, viewer))
    return FeatureRequest.objects.all().listed().filter(pk__in=asked.values("request"))


def _talks(shown: FilterSet, viewer: Viewer) -> Rows:
    return talks.passing(shown, viewer).order_by().values("pk")
