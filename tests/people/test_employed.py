"""What a contact's link to a company says of whose contact it is, and whether it is gone, is what the contact says."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations import store
from integrations.models import Connection
from integrations.records import ContactRecord
from integrations.store import Holder
from integrations.store.departed import delete_contacts, merge_contact
from sonora.people import deciding
from sonora.people.deciding import Refused
from sonora.people.models import Contact, ContactCompany, Person, PersonDecision
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.customers import CompanyFactory
from tests.factories.integrations import NOW, ConnectionFactory
from tests.factories.people import ContactCompanyFactory, ContactFactory, PersonFactory

BY = "ada@a.example"

Said = tuple[int | None, int | None]


@pytest.fixture
def linked(db: None) -> Iterator[Connection]:
    with scopes_disabled():
        made = ConnectionFactory()
    with scope(workspace=made.workspace):
        yield made


def kept() -> dict[int, Said]:
    """By link: whom it names, and since when they are gone."""
    return {pk: (person, gone) for pk, person, gone in ContactCompany.objects.values_list("pk", "person", "deleted_at")}


def derived() -> dict[int, Said]:
    """The same from the contacts."""
    contacts = {one.pk: (one.person_id, one.deleted_at) for one in Contact.objects.all()}
    return {one.pk: contacts[one.contact_id] for one in ContactCompany.objects.all()}


class Office:
    """What syncs and people do, in any order; each act says itself when it is."""

    def __init__(self, held: Connection) -> None:
        self.held, self.holder, self.clock = held, Holder(held.workspace_id, held.pk), NOW

    def works(self, key: str, email: str, *companies: str) -> None:
        record = ContactRecord(external_id=key, email=email, role="user", companies=companies, updated_at=self._later())
        store.save_contacts(self.holder, [record], at=self.clock)

    def delete(self, key: str) -> None:
        delete_contacts(self.holder, [key], at=self._later())

    def merged_there(self, key: str, into: str) -> None:
        merge_contact(self.holder, key, into=into, at=self._later())

    def leave(self, key: str) -> None:
        Person.objects.filter(contacts__external_id=key).delete()

    def go_with_links(self, key: str) -> None:
        Contact.objects.filter(external_id=key).update(deleted_at=self._later())

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


key, company = st.sampled_from(("ana", "anna", "ben")), st.sampled_from(("acme", "baker"))
email = st.sampled_from(("", "one@a.example", "two@a.example"))
ACTS = st.one_of(
    st.tuples(st.just("works"), key, email, company),
    st.tuples(st.just("works"), key, email, company, company),
    st.tuples(st.just("works"), key, email),
    st.tuples(st.just("delete"), key),
    st.tuples(st.just("go_with_links"), key),
    st.tuples(st.just("merged_there"), key, key).filter(lambda act: act[1] != act[2]),
    st.tuples(st.just("leave"), key),
    st.tuples(st.just("merge"), key, key),
    st.tuples(st.just("split"), key),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=5, max_size=12))
def test_links_to_companies_say_what_contacts_say_whatever_happens(
    linked: Connection, acts: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        office = Office(linked)
        for name, *arguments in acts:
            with suppress(Refused):
                getattr(office, name)(*arguments)
            assert kept() == derived(), (name, arguments)
        transaction.set_rollback(True)


def test_a_link_takes_over_what_its_contact_says_and_follows_it(linked: Connection) -> None:
    contact = ContactFactory(connection=linked, person=PersonFactory(workspace=linked.workspace))
    link = ContactCompanyFactory(contact=contact, company=CompanyFactory(connection=linked))
    assert kept() == {link.pk: (contact.person_id, None)}
    other = PersonFactory(workspace=linked.workspace)
    Contact.objects.filter(pk=contact.pk).update(person=other, deleted_at=NOW)
    assert kept() == {link.pk: (other.pk, NOW)}


def test_what_somebody_else_writes_into_a_link_is_put_right_with_its_contact(linked: Connection) -> None:
    Office(linked).works("ana", "one@a.example", "acme")
    ContactCompany.objects.update(person=None, deleted_at=NOW)
    assert kept() == derived()


def test_a_contact_that_goes_loses_its_companies(linked: Connection) -> None:
    office = Office(linked)
    office.works("ana", "one@a.example", "acme")
    office.works("ben", "two@a.example", "acme")
    office.delete("ana")
    office.merged_there("ben", "boss")
    assert kept() == {}
