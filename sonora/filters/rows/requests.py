"""Which feature requests of the current scope pass a filter: what it says of conversations, one that asks must be."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from sonora.filters.rows import conversations, successors
from sonora.filters.viewer import Viewer
from sonora.insights import naming
from sonora.insights.models import Evidence, FeatureRequest

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

OF_A_REQUEST = ("text", "requests")


def passing(shown: "FilterSet", viewer: Viewer) -> QuerySet[FeatureRequest]:
    """The listed feature requests that pass; the text is looked for in their titles, by any name of what it names."""
    found = FeatureRequest.objects.all().listed()
    if shown.text:
        found = found.filter(_titled(shown.text))
    if shown.requests:
        found = found.filter(pk__in=successors.of_requests(shown.requests, viewer))
    rest = shown.without(*OF_A_REQUEST)
    if rest.is_empty:
        return found
    talks = conversations.passing(rest, viewer).values("pk")
    asked = Evidence.objects.all().counted().filter(conversation__in=talks)
    return found.filter(Exists(asked.filter(request=OuterRef("pk"))))


def _titled(text: str) -> Q:
    held = Q()
    for words in naming.names().variants(text):
        held |= Q(title__icontains=words) | Q(edited_title__icontains=words)
    return held
