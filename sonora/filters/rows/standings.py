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
    """That somebody takes part of whom all of it is true, and that it is as old as what those said who are silent."""
    said = _said(shown, viewer)
    if not said:
        return []
    parts, such = ConversationContact.objects.order_by(), PersonStanding.objects.filter(**said).order_by().values("pk")
    if not _are_many(said):
        return [Q(pk__in=parts.filter(person__in=list(such.values_list("pk", flat=True))).values("conversation"))]
    found = [Q(Exists(parts.filter(conversation=OuterRef("pk"), person__in=such)))]
    last = newest(shown, viewer) if _is_of_silence(shown) else None
    return found if last is None else [*found, Q(updated_at__lte=last)]


def are_old(shown: "FilterSet", viewer: Viewer) -> bool:
    """Whether it is true of very many who are silent: their conversations are met soonest by the time."""
    return _is_of_silence(shown) and _are_many(_said(shown, viewer))


def _is_of_silence(shown: "FilterSet") -> bool:
    return bool(shown.rhythms or shown.silent)


def _are_many(said: dict[str, Any]) -> bool:
    return PersonStanding.objects.filter(**said).order_by()[: LISTED + 1].count() > LISTED


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
