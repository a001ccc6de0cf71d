"""The card of one person beside a map: where they stand, in a few lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from sonora.core import typed
from sonora.filters.viewer import Viewer
from sonora.people.models import PersonQuerySet
from sonora.screens.people import listing, members
from sonora.screens.people.members import Member

WHO = "who"  # names in an address whose card is open
BESIDE = frozenset({WHO, "edit", "find"})  # what an address that opens another card leaves out
ID = "card"  # of the element that htmx fills


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """*customers* are (primary key, name), a company that is no customer has no key."""

    member: Member
    customers: list[tuple[int | None, str]]


def of(query: QueryDict, people: PersonQuerySet, viewer: Viewer) -> Card | None:
    """The card that *query* asks for, if that is one of *people*."""
    person = people.with_choices().filter(pk=typed.key(query.get(WHO, "")) or 0).first()
    return _card(members.members([person], viewer)[0]) if person else None


def among(query: QueryDict, some: Iterable[Member]) -> Card | None:
    """The same of *some* that are on the page already."""
    who = typed.key(query.get(WHO, ""))
    return next((_card(one) for one in some if one.person.pk == who), None)


def closed(query: QueryDict) -> str:
    """The address of the page that *query* shows, without a card."""
    return f"?{urlencode([(name, value) for name, values in query.lists() if name not in BESIDE for value in values])}"


def opener(query: QueryDict) -> str:
    """The same up to the primary key of whoever is to have a card."""
    rest = closed(query)
    return f"{rest}{'&' if len(rest) > 1 else ''}{WHO}="


def _card(member: Member) -> Card:
    return Card(member=member, customers=listing.customers_of([member.person]).get(member.person.pk, []))
