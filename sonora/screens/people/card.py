"""The card of one person beside a map: where they stand, in a few lines."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from sonora.core import typed
from sonora.filters.viewer import Viewer
from sonora.people.models import PersonQuerySet
from sonora.screens.people import listing, rows
from sonora.screens.people.rows import Row

WHO = "who"  # names in an address whose card is open
BESIDE = frozenset({WHO, "edit", "find"})  # what an address that opens another card leaves out
ID = "card"  # of the element that htmx fills


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """*customers* are (primary key, name), a company that is no customer has no key."""

    row: Row
    customers: list[tuple[int | None, str]]


def of(query: QueryDict, people: PersonQuerySet, viewer: Viewer, *, feels: bool) -> Card | None:
    """The card that *query* asks for, if that is one of *people*."""
    who = typed.key(query.get(WHO, ""))
    person = people.select_related("standing").filter(pk=who).first() if who else None
    if person is None:
        return None
    (row,) = rows.of([person], viewer, feels=feels)
    return Card(row=row, customers=listing.customers_of([person]).get(person.pk, []))


def closed(query: QueryDict) -> str:
    """The address of the page that *query* shows, without a card."""
    return f"?{urlencode([(name, value) for name, values in query.lists() if name not in BESIDE for value in values])}"


def opener(query: QueryDict) -> str:
    """The same up to the primary key of whoever is to have a card."""
    rest = closed(query)
    return f"{rest}{'&' if len(rest) > 1 else ''}{WHO}="
