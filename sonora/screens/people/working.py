"""Where people work, as far as matching goes: those whom it gives to nobody, or cannot give to one customer."""

from collections.abc import Callable, Mapping

from django.db.models import Count, Exists, OuterRef, QuerySet

from sonora.customers.models import Match
from sonora.people.models import ContactCompany, PersonQuerySet


def _links() -> "QuerySet[ContactCompany]":
    """The companies that a person works for, in a query about people."""
    return ContactCompany.objects.all().held().filter(person=OuterRef("pk"))


def of_unmatched(people: PersonQuerySet) -> PersonQuerySet:
    """Those who work for a company that is no customer."""
    linked = Match.objects.linking().filter(company=OuterRef("company"))
    return people.filter(Exists(_links().filter(~Exists(linked))))


def of_none(people: PersonQuerySet) -> PersonQuerySet:
    """Those who work for no company."""
    return people.filter(~Exists(_links()))


def of_several(people: PersonQuerySet) -> PersonQuerySet:
    """Those who work for more than one company: their conversations are nobody's unless they name one."""
    by_person = ContactCompany.objects.all().held().order_by().values("person")
    several = by_person.annotate(companies=Count("company", distinct=True)).filter(companies__gt=1)
    return people.filter(pk__in=several.values("person"))


FILTERS: Mapping[str, Callable[[PersonQuerySet], PersonQuerySet]] = {
    "unmatched": of_unmatched,
    "none": of_none,
    "several": of_several,
}
WORDS = {"unmatched": "Company is unmatched", "none": "No company", "several": "Several companies"}
