"""Which contacts a person is, and what somebody decided about it."""

from dataclasses import dataclass

from django.db.models import Q

from sonora.people.models import Contact, Person, PersonDecision

LATEST = 50  # decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    contacts: list[Contact]
    decisions: list[PersonDecision]  # that hold, newest first


def of(person: Person) -> Identities:
    """The contacts of *person* that are still in Intercom. A decision below another one shows once that is undone."""
    here = Q(person=person) | Q(person__merged_into=person) | Q(other=person)
    held = PersonDecision.objects.filter(here, undone_at__isnull=True).select_related("person", "other")
    return Identities(
        contacts=list(Contact.objects.filter(person=person).present().order_by("-updated_at", "-pk")),
        decisions=list(held.order_by("-at", "-pk")[:LATEST]),
    )
