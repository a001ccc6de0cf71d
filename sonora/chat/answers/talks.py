"""The conversations that figures count: all that pass a filter, unless its text is too common to look at them all.

Whether a conversation holds a common word is asked of it, which takes some 30 µs. So of such a text only the newest are
looked at: where these are not all, or more than a list counts hold it, nothing is counted by groups.
"""

from sonora.conversations.models import Conversation, ConversationQuerySet
from sonora.conversations.search import Search, matching
from sonora.core.among import among
from sonora.filters.filterset import FilterSet
from sonora.filters.rows import texts
from sonora.filters.viewer import Viewer

MOST = 10_000  # that hold a common text: as many as a list counts
LOOKED_AT = 30_000  # of the newest that pass the rest of the filter


class TooCommon(Exception):
    """At least *number* conversations pass *filters*, whose text is too common to look at all of them: say so."""

    def __init__(self, filters: FilterSet, number: int) -> None:
        super().__init__(filters, number)
        self.filters = filters
        self.number = number


def passing(shown: FilterSet, viewer: Viewer) -> ConversationQuerySet:
    """The conversations that pass *shown*, to be counted by whatever. Raises TooCommon."""
    plan = texts.plan(shown.text, viewer, is_page=True)
    if not plan.is_broad:
        return shown.conversations(viewer, plan=plan)
    held = viewer.once(("held", shown), lambda: _held(shown, plan, viewer))
    if isinstance(held, int):
        raise TooCommon(shown, held)
    return Conversation.objects.filter(among("pk", held))


def _held(shown: FilterSet, plan: Search, viewer: Viewer) -> frozenset[int] | int:
    """Which ones hold the text of *plan*; at least how many, where these are not all."""
    newest = shown.without("text").conversations(viewer).order_by("-updated_at", "-pk")
    looked_at = Conversation.objects.filter(pk__in=newest.values("pk")[:LOOKED_AT])
    found = matching(looked_at, plan, notes=viewer.notes).order_by().values_list("pk", flat=True)
    held = frozenset(found[: MOST + 1])
    is_all = len(held) <= MOST and not newest[LOOKED_AT : LOOKED_AT + 1].exists()
    return held if is_all else min(len(held), MOST)
