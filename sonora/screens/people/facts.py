"""What Intercom says of a person, contact by contact, each with its time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sonora.people.models import Contact, Person

TOLD = {"email": "E-mail", "phone": "Phone", "job_title": "Job title", "user_id": "ID in your systems"}
TIMES = {"created_at": "In Intercom since", "last_seen_at": "Last seen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """*value* in words, or *when* (Unix seconds); *of* is the contact that says it, *at* when it last changed."""

    name: str
    of: Contact
    value: str = ""
    when: int | None = None

    @property
    def at(self) -> int | None:
        return self.of.updated_at


def contacts_of(person: Person) -> list[Contact]:
    """The newest first."""
    return list(Contact.objects.filter(person=person).present().order_by("-updated_at", "-pk"))


def of(contacts: Sequence[Contact]) -> list[Fact]:
    """In the order of *contacts*."""
    return [fact for contact in contacts for fact in _told(contact)]


def _told(contact: Contact) -> Iterator[Fact]:
    if contact.role:
        yield Fact(name="Kind", value=contact.role.capitalize(), of=contact)
    for column, name in TOLD.items():
        if value := getattr(contact, column):
            yield Fact(name=name, value=value, of=contact)
    for column, name in TIMES.items():
        if when := getattr(contact, column):
            yield Fact(name=name, when=when, of=contact)
