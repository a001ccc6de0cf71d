"""What stands under the name of a person, on each page about them."""

from dataclasses import dataclass

from sonora.people.models import Person
from sonora.screens.people import listing, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """*role* is their job title; *customers* are (primary key, name), a company that is no customer has no key."""

    role: str
    customers: list[tuple[int | None, str]]


def of(person: Person) -> Head:
    return Head(role=rows.roles([person]).get(person.pk, ""), customers=customers_of(person))


def customers_of(person: Person) -> list[tuple[int | None, str]]:
    return listing.customers_of([person]).get(person.pk, [])
