"""The tags that can be picked as a filter, and how many conversations each would show."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, Q, Value, When

from sonora.conversations.models import Conversation, ConversationTag, Tag
from sonora.conversations.search import search
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer

AT_ONCE = 200  # tags in a page; the whole list comes when the picker opens
MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One tag to pick. *count* is None where it is not known."""

    pk: int
    name: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    name: str
    is_chosen: bool


def states(shown: FilterSet) -> list[Choice]:
    """The states to pick from."""
    return [
        Choice(value=state.value, name=state.label, is_chosen=state.value in shown.states)
        for state in Conversation.State
    ]


def options(shown: FilterSet, *, counts: Mapping[int, int] | None = None, most: int = AT_ONCE) -> list[Option]:
    """The chosen tags of *shown* and the first *most* by name; of those deleted in Intercom only chosen ones."""
    wanted = Tag.objects.filter(Q(deleted_at__isnull=True) | Q(pk__in=shown.tags.any)).exclude(name="")
    chosen = Case(When(pk__in=shown.tags.any, then=0), default=1) if shown.tags.any else Value(1)
    tags = wanted.order_by(chosen, "name", "pk")[: most + len(shown.tags.any)]
    return [
        Option(
            pk=tag.pk,
            name=tag.name,
            is_chosen=tag.pk in shown.tags.any,
            count=None if counts is None else counts.get(tag.pk, 0),
        )
        for tag in tags
    ]


def tag_options(shown: FilterSet, viewer: Viewer) -> list[Option]:
    """The same with counts: how many conversations each tag has in what the other filters of *shown* leave."""
    rest = shown.without("tags.any")
    plan = search(rest.text)
    if plan.is_broad:
        return options(shown, most=MOST)  # counting would walk through every conversation
    links = ConversationTag.objects.filter(
        conversation__in=rest.conversations(viewer, plan=plan).order_by().values("pk")
    )
    counts = dict(links.values_list("tag").annotate(Count("pk")).order_by())
    return options(shown, counts=counts, most=MOST)
