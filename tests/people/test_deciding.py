"""Two people that are one, a contact that is somebody else, and how syncs leave both as they are."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django_scopes import scope, scopes_disabled

from integrations import store
from integrations.records import ContactRecord
from integrations.store import Holder
from sonora.people import deciding
from sonora.people.deciding import Refused
from sonora.people.models import Contact, Person
from tests.factories.integrations import NOW, ConnectionFactory

pytestmark = pytest.mark.django_db

BY = "ada@a.example"


@dataclass
class Office:
    """A workspace whose contacts come from syncs."""

    holder: Holder
    clock: int = NOW

    def sync(self, key: str, email: str, name: str = "") -> Contact:
        self.clock += 10
        record = ContactRecord(external_id=key, email=email, name=name or key.title(), updated_at=self.clock)
        store.save_contacts(self.holder, [record], at=self.clock)
        return self.contact(key)

    def contact(self, key: str) -> Contact:
        return Contact.objects.select_related("person").get(external_id=key)

    def person(self, key: str) -> int:
        found = self.contact(key).person_id
        assert found is not None
        return found


@pytest.fixture
def office() -> Iterator[Office]:
    with scopes_disabled():
        connection = ConnectionFactory()
    with scope(workspace=connection.workspace):
        made = Office(Holder(connection.workspace_id, connection.pk))
        made.sync("ana", "ana@one.example")
        made.sync("anna", "anna@two.example")
        yield made


def merged(office: Office, kept: str = "ana", gone: str = "anna") -> deciding.PersonDecision:
    return deciding.merge(office.person(kept), office.person(gone), by=BY)


def test_one_address_is_one_person(office: Office) -> None:
    office.sync("twin", " ANA@one.example ")
    assert office.person("twin") == office.person("ana")


def test_the_contacts_of_the_one_are_the_others(office: Office) -> None:
    gone = office.person("anna")
    merged(office)
    assert office.person("anna") == office.person("ana")
    assert not Person.objects.all().present().filter(pk=gone).exists()


def test_a_later_sync_leaves_two_people_merged(office: Office) -> None:
    merged(office)
    office.sync("anna", "anna@two.example", name="Anna Renamed")
    office.sync("new", "ANNA@two.example")
    assert office.person("anna") == office.person("new") == office.person("ana")
    assert Person.objects.get(pk=office.person("ana")).name == "Ana"


def test_two_people_again_have_what_was_theirs_and_what_came_since(office: Office) -> None:
    gone = office.person("anna")
    decision = merged(office)
    office.sync("new", "anna@two.example")
    deciding.undo(decision.pk, by=BY)
    assert office.person("anna") == office.person("new") == gone != office.person("ana")
    office.sync("anna", "anna@two.example")
    assert office.person("anna") == gone


def test_a_contact_that_was_deleted_goes_back_too(office: Office) -> None:
    gone = office.person("anna")
    decision = merged(office)
    store.delete_contacts(office.holder, ["anna"], at=office.clock)
    deciding.undo(decision.pk, by=BY)
    assert office.person("anna") == gone


def test_merges_are_undone_in_any_order(office: Office) -> None:
    office.sync("eve", "eve@three.example")
    first, second = office.person("anna"), office.person("eve")
    one = merged(office, "anna", "eve")
    other = merged(office, "ana", "anna")
    assert office.person("eve") == office.person("ana")
    deciding.undo(one.pk, by=BY)
    assert office.person("eve") == second
    assert office.person("anna") == office.person("ana")
    deciding.undo(other.pk, by=BY)
    assert (office.person("anna"), office.person("eve")) == (first, second)


def test_the_outer_merge_undone_leaves_the_inner_one(office: Office) -> None:
    office.sync("eve", "eve@three.example")
    inner = office.person("anna")
    merged(office, "anna", "eve")
    deciding.undo(merged(office, "ana", "anna").pk, by=BY)
    assert office.person("anna") == office.person("eve") == inner


def test_a_contact_that_was_split_off_is_a_person_of_its_own_through_every_sync(office: Office) -> None:
    office.sync("ben", "ana@one.example", name="Ben")
    ana = office.person("ana")
    decision = deciding.split(office.contact("ben").pk, by=BY)
    office.sync("ben", "ana@one.example", name="Ben Renamed")
    office.sync("ana", "ana@one.example", name="Ana Renamed")
    assert office.person("ben") == decision.other_id != office.person("ana") == ana
    names = dict(Person.objects.values_list("pk", "name"))
    assert (names[ana], names[decision.other_id]) == ("Ana Renamed", "Ben Renamed")


def test_a_split_undone_makes_them_one_and_leaves_an_address_that_leads_there(office: Office) -> None:
    office.sync("ben", "ana@one.example")
    decision = deciding.split(office.contact("ben").pk, by=BY)
    deciding.undo(decision.pk, by=BY)
    assert office.person("ben") == office.person("ana")
    assert Person.objects.get(pk=decision.other_id).merged_into_id == office.person("ana")
    office.sync("ben", "ana@one.example")
    assert office.person("ben") == office.person("ana")


def test_a_contact_can_be_split_off_merged_and_split_off_again(office: Office) -> None:
    office.sync("ben", "ana@one.example")
    first = deciding.split(office.contact("ben").pk, by=BY)
    merged(office, "ana", "ben")
    second = deciding.split(office.contact("ben").pk, by=BY)
    office.sync("ben", "ana@one.example")
    assert office.person("ben") == second.other_id != first.other_id
    deciding.undo(second.pk, by=BY)
    assert office.person("ben") == office.person("ana")


def test_a_contact_without_an_address_is_merged_like_any(office: Office) -> None:
    office.sync("web", "")
    merged(office, "ana", "web")
    office.sync("web", "")
    assert office.person("web") == office.person("ana")


def test_undoing_twice_does_nothing_more(office: Office) -> None:
    decision = merged(office)
    deciding.undo(decision.pk, by=BY)
    merged(office)
    deciding.undo(decision.pk, by=BY)
    assert office.person("anna") == office.person("ana")


def test_what_cannot_be_decided_is_refused(office: Office) -> None:
    ana, anna = office.person("ana"), office.person("anna")
    with pytest.raises(Refused, match="the same one"):
        deciding.merge(ana, ana, by=BY)
    merged(office)
    with pytest.raises(Refused, match="a moment ago"):
        deciding.merge(ana, anna, by=BY)
    office.sync("alone", "alone@one.example")
    with pytest.raises(Refused, match="no other contact"):
        deciding.split(office.contact("alone").pk, by=BY)
    with pytest.raises(Refused, match="not known"):
        deciding.undo(2**40, by=BY)


def test_whoever_is_gone_leaves_no_name_behind_also_where_they_were_merged(office: Office) -> None:
    gone = office.person("anna")
    merged(office)
    store.delete_contacts(office.holder, ["anna"], at=office.clock)
    left = Person.objects.get(pk=gone)
    assert (left.identity, left.name, left.email) == (f"gone:{gone}", "", "")
    assert Person.objects.get(pk=office.person("ana")).name == "Ana"
