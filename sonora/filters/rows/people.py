"""Which people of the current scope pass a filter.

What is said of somebody (who they are, how they stand, whose they are, their tags) must be true of them; all that is
said of conversations must be true of one conversation in which they take part.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sonora.conversations.models import ConversationContact
from sonora.core.among import among
from sonora.core.fulltext import Found, Words
from sonora.core.walking import walked
from sonora.customers.models import Match
from sonora.filters.rows import conversations, employed, standings, successors, tagged
from sonora.filters.viewer import Viewer
from sonora.people.models import Contact, Person, PersonQuerySet

if TYPE_CHECKING:
    from sonora.filters.filterset import FilterSet

OF_A_PERSON = (
    "text", "contact_tags", "company_tags", "customers", "tiers", "people", "roles", *standings.PARTS,
)  # fmt: skip
FEW = 10_000  # conversations: of fewer the people are listed, of more they are met often enough by walking


@dataclass(frozen=True, slots=True, kw_only=True)
class Talking:
    """That somebody takes part in a conversation that passes; *is_wide*: in so many that counting would take long."""

    condition: Q
    is_wide: bool


def talking(shown: "FilterSet", viewer: Viewer) -> Talking:
    """What *shown* says of conversations, as a condition on people."""
    rest = shown.without(*OF_A_PERSON)
    if rest.is_empty:
        return Talking(condition=Q(), is_wide=False)
    talks = conversations.passing(rest, viewer).order_by()
    links: QuerySet[Any] = ConversationContact.objects.filter(person__isnull=False).order_by()
    some = list(talks.values_list("pk", flat=True)[: FEW + 1])
    if len(some) <= FEW:
        theirs = links.filter(among("conversation", some)).values("person")
        return Talking(condition=Q(pk__in=theirs), is_wide=False)
    walking = links.filter(walked(talks.filter(pk=OuterRef("conversation"))), person=OuterRef("pk"))
    return Talking(condition=walked(walking), is_wide=True)


def passing(shown: "FilterSet", viewer: Viewer, *, plan: Talking | None = None) -> PersonQuerySet:
    """The people that pass; the text is looked for in their names and addresses.

    *plan*: what `talking` said, if it was asked already.
    """
    found = Person.objects.all().present()
    themselves = (*_of_themselves(shown, viewer), *standings.of_people(shown, viewer))
    for condition in (*themselves, *_of_their_companies(shown, viewer), *tagged.of_people(shown, viewer)):
        found = found.filter(condition)
    return found.filter((plan or talking(shown, viewer)).condition)


def _of_themselves(shown: "FilterSet", viewer: Viewer) -> list[Q]:
    contacts = Contact.objects.all().present()
    found = []
    if shown.text:
        words = Words.typed(shown.text)
        found.append(Q(pk__in=contacts.filter(Found(F("pk"), words)).values("person") if words else []))
    if shown.people:
        found.append(Q(pk__in=successors.of_people(shown.people, viewer)))
    if shown.roles:
        found.append(Q(Exists(contacts.filter(person=OuterRef("pk"), role__in=shown.roles))))
    return found


def _of_their_companies(shown: "FilterSet", viewer: Viewer) -> list[Q]:
    found = []
    if shown.customers:
        ids = successors.of_customers(shown.customers, viewer)
        some = employed.by(viewer, customer__in=frozenset(one for one in ids if one is not None))
        found.append(some | ~employed.by_any(Match.objects.linking()) if None in ids else some)
    if shown.tiers:
        found.append(employed.by(viewer, customer__tier__in=shown.tiers))
    return found
