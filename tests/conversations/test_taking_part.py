"""What a conversation's link to a contact says of who takes part is what the contact says, whatever happens."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations import store
from integrations.models import Connection
from integrations.records import ContactRecord, ConversationRecord
from integrations.store import Fetched, Holder
from integrations.store.departed import delete_contacts, merge_contact
from sonora.conversations.models import ConversationContact
from sonora.people import deciding
from sonora.people.deciding import Refused
from sonora.people.models import Contact, Person, PersonDecision
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.integrations import NOW, ConnectionFactory

BY = "ada@a.example"
CONTACTS, TALKS = ("ana", "anna", "ben", "bo"), ("1", "2", "3")
ADDRESSES, ROLES = ("", "one@a.example", "TWO@a.example", "two@a.example"), ("user", "lead")

Said = tuple[int | None, str]


@pytest.fixture
def linked(db: None) -> Iterator[Connection]:
    with scopes_disabled():
        made = ConnectionFactory()
    with scope(workspace=made.workspace):
        yield made


def kept() -> dict[int, Said]:
    """By link: whom and what it names."""
    return {pk: (person, role) for pk, person, role in ConversationContact.objects.values_list("pk", "person", "role")}


def derived() -> dict[int, Said]:
    """The same from the contacts."""
    contacts = {one.pk: (one.person_id, one.role) for one in Contact.objects.all()}
    return {one.pk: contacts[one.contact_id] for one in ConversationContact.objects.all()}


class Office:
    """What syncs and people do, in any order; each act says itself when it is."""

    def __init__(self, held: Connection) -> None:
        self.held, self.holder, self.clock = held, Holder(held.workspace_id, held.pk), NOW

    def talk(self, key: str, *contacts: str) -> None:
        record = ConversationRecord(external_id=key, contacts=contacts, updated_at=self._later())
        store.save_conversations(self.holder, [Fetched(record, self.clock)])

    def contact(self, key: str, email: str, role: str) -> None:
        record = ContactRecord(external_id=key, email=email, role=role, name=key.title(), updated_at=self._later())
        store.save_contacts(self.holder, [record], at=self.clock)

    def delete(self, key: str) -> None:
        delete_contacts(self.holder, [key], at=self._later())

    def merged_there(self, key: str, into: str) -> None:
        merge_contact(self.holder, key, into=into, at=self._later())

    def leave(self, key: str) -> None:
        Person.objects.filter(contacts__external_id=key).delete()

    def take_out(self, key: str) -> None:
        Contact.objects.filter(external_id=key).delete()
        self.holder = Holder(self.held.workspace_id, self.held.pk)  # one remembers what it has seen

    def merge(self, kept_key: str, gone: str) -> None:
        people = dict(Contact.objects.filter(external_id__in=[kept_key, gone]).values_list("external_id", "person"))
        deciding.merge(people.get(kept_key) or 0, people.get(gone) or 0, by=BY)

    def split(self, key: str) -> None:
        deciding.split(Contact.objects.filter(external_id=key).values_list("pk", flat=True).first() or 0, by=BY)

    def undo(self, number: int) -> None:
        decisions = list(PersonDecision.objects.order_by("pk").values_list("pk", flat=True))
        deciding.undo(decisions[number % len(decisions)] if decisions else 0, by=BY)

    def _later(self) -> int:
        self.clock += 10
        return self.clock


key, talk = st.sampled_from(CONTACTS), st.sampled_from(TALKS)
ACTS = st.one_of(
    st.tuples(st.just("talk"), talk, key),
    st.tuples(st.just("talk"), talk, key, key),
    st.tuples(st.just("contact"), key, st.sampled_from(ADDRESSES), st.sampled_from(ROLES)),
    st.tuples(st.just("delete"), key),
    st.tuples(st.just("merged_there"), key, key).filter(lambda act: act[1] != act[2]),
    st.tuples(st.just("leave"), key),
    st.tuples(st.just("take_out"), key),
    st.tuples(st.just("merge"), key, key),
    st.tuples(st.just("split"), key),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=5, max_size=12))
def test_links_say_what_contacts_say_whatever_happens(linked: Connection, acts: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        office = Office(linked)
        for name, *arguments in acts:
            with suppress(Refused):
                getattr(office, name)(*arguments)
            assert kept() == derived(), (name, arguments)
        transaction.set_rollback(True)


def test_whoever_comes_into_a_conversation_is_named_at_once(linked: Connection) -> None:
    office = Office(linked)
    office.contact("ana", "ana@a.example", "lead")
    office.talk("1", "ana")
    assert list(kept().values()) == [(Person.objects.get().pk, "lead")]


def test_a_contact_that_is_read_later_says_who_it_was(linked: Connection) -> None:
    office = Office(linked)
    office.talk("1", "ana")
    assert list(kept().values()) == [(None, "")]
    office.contact("ana", "ana@a.example", "user")
    assert list(kept().values()) == [(Person.objects.get().pk, "user")]


def test_two_people_merged_and_parted_take_their_conversations_along(linked: Connection) -> None:
    office = Office(linked)
    for key in ("ana", "ben"):
        office.contact(key, f"{key}@a.example", "user")
        office.talk(key, key)
    people = [person for person, _ in kept().values()]
    office.merge("ana", "ben")
    assert [person for person, _ in kept().values()] == [people[0], people[0]]
    office.undo(0)
    assert [person for person, _ in kept().values()] == people


def test_what_somebody_else_writes_into_a_link_is_put_right_with_its_contact(linked: Connection) -> None:
    office = Office(linked)
    office.contact("ana", "ana@a.example", "user")
    office.talk("1", "ana")
    link = ConversationContact.objects.get()
    link.person, link.role = None, "lead"
    link.save()
    assert kept() == derived()
