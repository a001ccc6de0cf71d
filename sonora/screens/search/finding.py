"""Looking for something in the whole workspace by a few words: a handful of each kind, and the way to the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from sonora.conversations.models import Conversation, Tag
from sonora.conversations.search import search
from sonora.core import typed
from sonora.customers.models import Customer
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.insights.finding import worded
from sonora.insights.models import FeatureRequest
from sonora.people.models import Person

EACH = 5  # of one kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    name: str
    about: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some things of one kind; *more* names what is at *more_url*, which is empty when these are all."""

    title: str
    icon: str
    hits: list[Hit]
    more: str
    more_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    text: str
    groups: list[Group]


def find(words: str, viewer: Viewer) -> Found:
    """What has *words*, whatever was typed; kinds of which nothing was found are left out."""
    text = typed.text(words)
    groups = [_group(kind, FilterSet(text=text), viewer) for kind in KINDS] if text else []
    return Found(text=text, groups=[group for group in groups if group.hits])


@dataclass(frozen=True, slots=True)
class Kind:
    """*of* finds one more than are shown; *listing* is the name of the page that shows all of them.

    *picked_as*: the part of that page's filter whose values they are; it opens with all of them.
    """

    title: str
    icon: str
    of: Callable[[FilterSet, Viewer], Iterable[Hit]]
    listing: str
    picked_as: str = ""


def _group(kind: Kind, asked: FilterSet, viewer: Viewer) -> Group:
    hits = list(kind.of(asked, viewer))
    query, words = (f"edit={kind.picked_as}", "") if kind.picked_as else (asked.query, " with these words")
    return Group(
        title=kind.title,
        icon=kind.icon,
        hits=hits[:EACH],
        more=f"All {kind.title.lower()}{words}",
        more_url=f"{reverse(kind.listing)}?{query}" if len(hits) > EACH else "",
    )


def _customers(asked: FilterSet, viewer: Viewer) -> Iterable[Hit]:
    return map(_customer, asked.customers_passing(viewer).order_by("name", "pk")[: EACH + 1])


def _customer(one: Customer) -> Hit:
    about = " · ".join(part for part in (one.tier, one.domain) if part)
    return Hit(name=str(one), about=about, url=reverse("customer", args=[one.pk]))


def _people(asked: FilterSet, viewer: Viewer) -> Iterable[Hit]:
    return map(_person, asked.people_passing(viewer).order_by("name", "pk")[: EACH + 1])


def _person(one: Person) -> Hit:
    return Hit(name=str(one), about=one.email if one.name else "", url=reverse("person", args=[one.pk]))


def _conversations(asked: FilterSet, viewer: Viewer) -> Iterable[Hit]:
    plan = search(asked.text, notes=viewer.notes, is_page=True)
    found = asked.conversations(viewer, plan=plan).select_related("customer").order_by("-updated_at", "-pk")
    return map(_conversation, found[: EACH + 1])


def _conversation(one: Conversation) -> Hit:
    about = " · ".join(part for part in (str(one.customer or ""), one.preview if one.title else "") if part)
    return Hit(name=str(one), about=about, url=reverse("conversation", args=[one.pk]))


def _requests(asked: FilterSet, viewer: Viewer) -> Iterable[Hit]:
    found = worded(asked.without("text").requests_passing(viewer), asked.text)
    found = found.order_by("-customers", "-people", "-mentions", "-pk")
    return map(_request, found[: EACH + 1])


def _request(one: FeatureRequest) -> Hit:
    status = FeatureRequest.Status(one.status).label
    return Hit(name=str(one), about=str(status), url=reverse("feature-request", args=[one.pk]))


def _tags(asked: FilterSet, viewer: Viewer) -> Iterable[Hit]:  # noqa: ARG001 - the same question for every kind
    found = Tag.objects.filter(deleted_at__isnull=True, name__icontains=asked.text).order_by("name", "pk")
    return map(_tag, found[: EACH + 1])


def _tag(one: Tag) -> Hit:
    shown = FilterSet().given("tags.any", frozenset({one.pk}))
    return Hit(name=one.name, about="Conversations with this tag", url=f"{reverse('conversations')}?{shown.query}")


KINDS = (
    Kind("Customers", "customers", _customers, "customers"),
    Kind("People", "people", _people, "people"),
    Kind("Conversations", "conversations", _conversations, "conversations"),
    Kind("Feature requests", "feature-requests", _requests, "feature-requests"),
    Kind("Tags", "tag", _tags, "conversations", picked_as="tags.any"),
)
