"""The values of a filter's parts in words, those too that are gone by now."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sonora.conversations.models import Conversation, Tag, Teammate
from sonora.customers.models import Customer, Merge
from sonora.filters.parts import SPANS
from sonora.filters.tags import How
from sonora.graph.models import Rhythm
from sonora.insights.models import FeatureRequest, Sentiment
from sonora.people.models import Level, Person
from sonora.workspaces.synced import SyncedObject

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

ROLES = {"user": "User", "lead": "Lead"}
CHOICES: dict[str, dict[str, str]] = {
    "states": {str(value): str(label) for value, label in Conversation.State.choices},
    "sentiments": {str(value): str(label) for value, label in Sentiment.choices},
    "roles": ROLES,
    "engagements": {str(value): str(label) for value, label in Level.choices},
    "champions": {"yes": "Yes", "no": "No"},
    "rhythms": {str(value): str(label) for value, label in Rhythm.choices},
}
NOBODY = {"customers": "no customer", "assignees": "nobody"}
Names = Mapping[int, str]  # by primary key


class Gone(str):
    """A name that says that what it names was deleted or merged."""

    __slots__ = ()


def of(shown: "FilterSet") -> dict[str, dict[Any, str]]:
    """What each part of *shown* that narrows wants: its values in words, in the order in which people read them.

    Asks the database once for each kind of thing.
    """
    tags = _tags(shown)
    return {part: _words(shown, part, tags) for part in shown.parts}


def _words(shown: "FilterSet", part: str, tags: Names) -> dict[Any, str]:
    value = shown.of(part)
    if part == "text":
        return {value: f"“{value}”"}
    if part in SPANS:
        return {value: value.words}
    if part == "tiers":
        return {tier: tier for tier in sorted(value)}
    if part in CHOICES:
        return {choice: label for choice, label in CHOICES[part].items() if choice in value}
    if part.endswith(f".{How.UNTAGGED}"):
        return {value: "none"}
    return _named(part, value, tags if "." in part else NAMED[part]([one for one in value if one is not None]))


def _named(part: str, value: Collection[int | None], names: Names) -> dict[Any, str]:
    nobody = {None: NOBODY[part]} if None in value else {}
    found = {one: name for one, name in names.items() if one in value}
    gone = Gone(GONE.get(part, "a tag that is gone"))
    return nobody | found | {one: gone for one in value if one is not None and one not in names}


def _tags(shown: "FilterSet") -> Names:
    named = shown.tags.named | shown.message_tags.named | shown.contact_tags.named | shown.company_tags.named
    return _held(Tag.objects.filter(pk__in=named).order_by("name", "pk")) if named else {}


def held(one: SyncedObject) -> str:
    """The name of a synced object; one that the provider has no more says so."""
    return Gone(f"{one} (deleted in Intercom)") if one.deleted_at else str(one)


def _held(rows: Iterable[SyncedObject]) -> Names:
    return {one.pk: held(one) for one in rows}


def _customers(ids: list[int]) -> Names:
    found = {one.pk: one.name for one in Customer.objects.filter(pk__in=ids).order_by("name", "pk")}
    if missing := set(ids) - set(found):
        merges = Merge.objects.filter(gone__id__in=missing, undone_at__isnull=True).select_related("kept")
        found |= {merge.gone["id"]: Gone(f"{merge.name} (merged into {merge.kept})") for merge in merges}
    return found


def _people(ids: list[int]) -> Names:
    found = Person.objects.filter(pk__in=ids).select_related("merged_into").order_by("name", "pk")
    return {one.pk: Gone(f"{one} (merged into {one.merged_into})") if one.merged_into else str(one) for one in found}


def _assignees(ids: list[int]) -> Names:
    return _held(Teammate.objects.filter(pk__in=ids).order_by("name", "pk"))


def _requests(ids: list[int]) -> Names:
    found = FeatureRequest.objects.filter(pk__in=ids).select_related("merged_into").order_by("pk")
    return {one.pk: Gone(f"{one} (merged into {one.merged_into})") if one.merged_into else str(one) for one in found}


NAMED: dict[str, Callable[[list[int]], Names]] = {
    "customers": _customers,
    "people": _people,
    "assignees": _assignees,
    "requests": _requests,
}
GONE = {
    "customers": "a customer that is gone",
    "people": "a person who is gone",
    "assignees": "a teammate who is gone",
    "requests": "a request that is gone",
}
