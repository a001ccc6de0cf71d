"""How many rows of a list each value of a part would show, among what the other parts of the filter leave.

Of a long list the newest ten thousand are counted; a figure then says "at least".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When

from sonora.conversations.models import ContactTag, Conversation, ConversationContact, ConversationTag, MessageTag
from sonora.conversations.search import search
from sonora.customers.models import Match
from sonora.filters.filterset import FilterSet
from sonora.filters.rows import people
from sonora.filters.viewer import Viewer
from sonora.graph.models import PersonStanding
from sonora.insights.models import ConversationSentiment, Evidence, FeatureRequest
from sonora.people.models import Contact, ContactCompany
from sonora.screens import counts


@dataclass(frozen=True, slots=True)
class Tally:
    """*counts* by value; *is_least* when not all rows were looked at.

    *knows_nobody*: whether those that hold no value were counted as well.
    """

    counts: dict[Any, int]
    is_least: bool
    knows_nobody: bool

    def text(self, value: Any) -> str:
        """The count of *value* in words: 1,208, or 1,208+; nothing where it is not known."""
        if value is None and not self.knows_nobody:
            return ""
        return f"{counts.text(self.counts.get(value, 0))}{'+' * self.is_least}"


@dataclass(frozen=True, slots=True)
class Held:
    """The rows that say which values are held: *value* is the way to one, *holder* to who holds it."""

    rows: Callable[[Viewer], QuerySet[Any]]
    value: str
    holder: str


def _present(prefix: str) -> dict[str, Any]:
    return {f"{prefix}deleted_at__isnull": True, f"{prefix}fetched_at__isnull": False}


def _employed(_: Viewer) -> QuerySet[ContactCompany]:
    linking = {"company__match__state__in": Match.LINKING, "company__deleted_at__isnull": True}
    return ContactCompany.objects.filter(**_present("contact__"), **linking)


def _tagged_messages(viewer: Viewer) -> QuerySet[MessageTag]:
    return MessageTag.objects.all() if viewer.notes else MessageTag.objects.filter(message__internal=False)


def _asking(_: Viewer) -> QuerySet[Evidence]:
    return Evidence.objects.all().counted().filter(request__in=FeatureRequest.objects.all().listed())


def _standing(_: Viewer) -> QuerySet[PersonStanding]:
    is_champion = Case(When(is_champion=True, then=Value("yes")), default=Value("no"))
    return PersonStanding.objects.annotate(champion=is_champion)


def _standing_by(_: Viewer) -> QuerySet[ConversationContact]:
    is_champion = Case(When(person__standing__is_champion=True, then=Value("yes")), default=Value("no"))
    standing = ConversationContact.objects.filter(person__standing__isnull=False)
    return standing.annotate(champion=is_champion)


OF_CONVERSATIONS = {
    "states": Held(lambda _: Conversation.objects.all(), "state", "pk"),
    "sentiments": Held(lambda _: ConversationSentiment.objects.all(), "label", "conversation"),
    "tags": Held(lambda _: ConversationTag.objects.all(), "tag", "conversation"),
    "message_tags": Held(_tagged_messages, "tag", "message__conversation"),
    "contact_tags": Held(lambda _: ContactTag.objects.all(), "tag", "contact__conversation_links__conversation"),
    "customers": Held(lambda _: Conversation.objects.all(), "customer", "pk"),
    "tiers": Held(lambda _: Conversation.objects.all(), "customer__tier", "pk"),
    "people": Held(lambda _: ConversationContact.objects.all(), "person", "conversation"),
    "roles": Held(lambda _: ConversationContact.objects.all(), "role", "conversation"),
    "engagements": Held(_standing_by, "person__standing__engagement", "conversation"),
    "champions": Held(_standing_by, "champion", "conversation"),
    "rhythms": Held(_standing_by, "person__standing__rhythm", "conversation"),
    "assignees": Held(lambda _: Conversation.objects.all(), "assignee", "pk"),
    "requests": Held(_asking, "request", "conversation"),
}
OF_PEOPLE = {
    "roles": Held(lambda _: Contact.objects.all().present(), "role", "person"),
    "engagements": Held(_standing, "engagement", "pk"),
    "champions": Held(_standing, "champion", "pk"),
    "rhythms": Held(_standing, "rhythm", "pk"),
    "contact_tags": Held(lambda _: ContactTag.objects.filter(**_present("contact__")), "tag", "contact__person"),
    "customers": Held(_employed, "company__match__customer", "contact__person"),
    "tiers": Held(_employed, "company__match__customer__tier", "contact__person"),
}


def of(shown: FilterSet, part: str, viewer: Viewer, *, listing: str) -> Tally | None:
    """The counts of the values of *part* in a list of conversations or people (*listing*).

    None where nobody counts: for parts without a simple count, in the list of requests, and where very many would have
    to be walked through.
    """
    if listing == "requests":
        return None
    rest = shown.without(part)
    held = (OF_PEOPLE if listing == "people" else OF_CONVERSATIONS).get(part.partition(".")[0])
    found = _scope(rest, viewer, listing=listing)
    if held is None or found is None:
        return None
    number, found = counts.counted_once(found)
    scope = found.values("pk")[: counts.CAP]
    rows = held.rows(viewer).filter(**{f"{held.holder}__in": scope}).order_by()
    tallied = rows.values_list(held.value).annotate(Count(held.holder, distinct=True))
    return Tally(dict(tallied), is_least=number > counts.CAP, knows_nobody=held.holder == "pk")


def _scope(rest: FilterSet, viewer: Viewer, *, listing: str) -> QuerySet[Any] | None:
    """The rows of the list that pass *rest*, the newest first; None where they are too many to be walked through."""
    if listing == "people":
        talking = people.talking(rest, viewer)
        return None if talking.is_wide else rest.people_passing(viewer, plan=talking)
    plan = search(rest.text, notes=viewer.notes)
    return None if plan.is_broad else rest.conversations(viewer, plan=plan).order_by("-updated_at", "-pk")
