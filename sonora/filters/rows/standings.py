"""What a filter says of where people stand, as conditions on people, and on conversations in which they take part."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Max, OuterRef, Q

from sonora.conversations.models import ConversationContact
from sonora.filters.rows import spans
from sonora.filters.viewer import Viewer
from sonora.graph.models import PersonStanding

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

PARTS = ("engagements", "champions", "rhythms", "silent")
SAID = {"yes": True, "no": False}
LISTED = 10_000  # people: so many are read first, so that no planner errs on how many they are


def of_people(shown: "FilterSet", viewer: Viewer) -> list[Q]:
    """What must be true of a person."""
    said = _said(shown, viewer)
    return [Q(**{f"standing__{column}": value for column, value in said.items()})] if said else []


def of_conversations(shown: "FilterSet", viewer: Viewer) -> list[Q]:
    """That somebody takes part of whom all of it is true."""
    said = _said(shown, viewer)
    if not said:
        return []
    parts = ConversationContact.objects.order_by()
    some = list(PersonStanding.objects.filter(**said).order_by().values_list("pk", flat=True)[: LISTED + 1])
    if len(some) <= LISTED:
        return [Q(pk__in=parts.filter(person__in=some).values("conversation"))]
    such = {f"person__standing__{column}": value for column, value in said.items()}
    return [Q(Exists(parts.filter(conversation=OuterRef("pk"), **such)))]


def newest(shown: "FilterSet", viewer: Viewer) -> int | None:
    """When the last conversation of those was updated of whom it is true; None where nothing is said of that.

    Whoever is silent has none among the newest: a page of theirs is not looked for there.
    """
    said = _said(shown, viewer)
    return PersonStanding.objects.filter(**said).aggregate(newest=Max("last_at"))["newest"] if said else None


def _said(shown: "FilterSet", viewer: Viewer) -> dict[str, Any]:
    """What the columns of a standing must be."""
    said: dict[str, Any] = spans.bounds("silent_since", shown.silent, viewer)
    if shown.engagements:
        said["engagement__in"] = sorted(shown.engagements)
    if shown.champions:
        said["is_champion__in"] = sorted(SAID[word] for word in shown.champions)
    if shown.rhythms:
        said["rhythm__in"] = sorted(shown.rhythms)
    return said
