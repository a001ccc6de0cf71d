"""What a filter says of where people stand, as conditions on people, and on conversations in which they take part."""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from sonora.conversations.models import ConversationContact
from sonora.filters.rows import spans
from sonora.filters.viewer import Viewer
from sonora.graph.models import Due, PersonStanding
from sonora.workspaces.scoping import scoped_workspace

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
    if not (said := _said(shown, viewer)):
        return []
    parts, such = ConversationContact.objects.order_by(), _such(said)
    if not _are_many(shown, viewer):
        return [Q(pk__in=parts.filter(person__in=list(such.values_list("pk", flat=True))).values("conversation"))]
    return [Q(Exists(parts.filter(conversation=OuterRef("pk"), person__in=such))), as_old(shown, viewer)]


def as_old(shown: "FilterSet", viewer: Viewer) -> Q:
    """That a conversation is as old as the last of those who are silent, so that none is looked for among the newest.

    Whom a change touched is still to be worked out (`graph.keeping`), and may take part in newer ones. Nothing where no
    silence is asked for.
    """
    such = _such(_said(shown, viewer))
    last = such.aggregate(newest=Max("last_at"))["newest"] if _is_of_silence(shown) else None
    if last is None:
        return Q()
    touched = such.filter(pk__in=Due.objects.filter(workspace_id=scoped_workspace()).values("person_id"))
    theirs = ConversationContact.objects.filter(person__in=touched).values("conversation")
    return Q(updated_at__lte=last) | Q(pk__in=theirs)


def are_old(shown: "FilterSet", viewer: Viewer) -> bool:
    """Whether it is true of very many who are silent: their conversations are met soonest by the time."""
    return _is_of_silence(shown) and _are_many(shown, viewer)


def _is_of_silence(shown: "FilterSet") -> bool:
    return bool(shown.rhythms or shown.silent)


def _are_many(shown: "FilterSet", viewer: Viewer) -> bool:
    said = tuple(shown.of(part) for part in PARTS)
    return viewer.once(("many", said), lambda: _such(_said(shown, viewer))[: LISTED + 1].count() > LISTED)


def _such(said: dict[str, Any]) -> QuerySet[PersonStanding, Any]:
    return PersonStanding.objects.filter(**said).order_by().values("pk")


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
