"""Which conversations of the current scope pass a filter."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from sonora.conversations import search
from sonora.conversations.models import Conversation, ConversationContact, ConversationQuerySet
from sonora.conversations.search import Search
from sonora.filters.rows import spans, standings, successors, tagged, texts
from sonora.filters.viewer import Viewer
from sonora.insights import showing
from sonora.insights.models import Evidence

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet


def passing(shown: "FilterSet", viewer: Viewer, *, plan: Search | None = None) -> ConversationQuerySet:
    """The conversations that pass *shown*; *plan* is what `search.search` said of its text, if it was asked already."""
    found = Conversation.objects.all().present()
    for condition in (*_of_itself(shown, viewer), *_of_people(shown, viewer), *_of_time(shown, viewer)):
        found = found.filter(condition)
    for condition in tagged.of_conversations(shown, viewer):
        found = found.filter(condition)
    return search.matching(found, plan or texts.plan(shown.text, viewer), notes=viewer.notes)


def _of_itself(shown: "FilterSet", viewer: Viewer) -> list[Q]:
    found = []
    if shown.states:
        found.append(Q(state__in=shown.states))
    if shown.sentiments:
        found.append(Q(sentiment__label__in=shown.sentiments) & showing.is_shown())
    if shown.assignees:
        found.append(one_of("assignee", shown.assignees))
    if shown.requests:
        asked = Evidence.objects.all().counted().filter(request__in=successors.of_requests(shown.requests, viewer))
        found.append(Q(pk__in=asked.values("conversation")))
    return found


def _of_people(shown: "FilterSet", viewer: Viewer) -> list[Q]:
    taking_part = ConversationContact.objects.all()
    found = []
    if shown.customers:
        found.append(one_of("customer", successors.of_customers(shown.customers, viewer)))
    if shown.tiers:
        found.append(Q(customer__tier__in=shown.tiers))
    if shown.people:
        theirs = taking_part.filter(person__in=successors.of_people(shown.people, viewer))
        found.append(Q(pk__in=theirs.values("conversation")))
    if shown.roles:
        found.append(Q(Exists(taking_part.filter(conversation=OuterRef("pk"), role__in=shown.roles))))
    return [*found, *standings.of_conversations(shown, viewer)]


def _of_time(shown: "FilterSet", viewer: Viewer) -> list[Q]:
    return [
        Q(**{column: at})
        for span in (
            spans.bounds("updated_at", shown.updated, viewer),
            spans.bounds("created_at", shown.opened, viewer),
        )
        for column, at in span.items()
    ]


def one_of(field: str, ids: frozenset[int | None]) -> Q:
    """That *field*, a link, leads to one of *ids*; None among them: that it leads nowhere."""
    some = Q(**{f"{field}__in": [one for one in ids if one is not None]})
    return some | Q(**{f"{field}__isnull": True}) if None in ids else some
