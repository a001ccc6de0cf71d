"""The store: writing twice changes nothing, older never replaces newer, what is held stays held."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations import store
from integrations.models import Connection
from integrations.records import (
    Author,
    CompanyRecord,
    CompanyRef,
    ContactRecord,
    ConversationRecord,
    MessageRecord,
    TagRecord,
    TeammateRecord,
)
from integrations.store import Fetched, Holder
from sonora.conversations.models import (
    Conversation,
    ConversationContact,
    ConversationTag,
    Message,
    MessageTag,
    Tag,
    Teammate,
)
from sonora.customers.models import Company
from sonora.people.models import Contact, Person
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.customers import CustomerFactory, ExternalIdFactory
from tests.factories.integrations import NOW, ConnectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder() -> Iterator[Holder]:
    connection = new_connection()
    with scope(workspace=connection.workspace):
        yield Holder(connection.workspace_id, connection.pk)


def new_connection() -> Connection:
    with scopes_disabled():
        return ConnectionFactory()


def part(number: int, **fields: object) -> MessageRecord:
    facts = {"origin": "part", "kind": "comment", "text": f"Part {number}", "html": f"<p>Part {number}</p>"}
    author = Author(type="user", external_id="p1", name="Ines")
    return MessageRecord(
        **{"external_id": f"m{number}", "author": author, "created_at": NOW + number, **facts, **fields}
    )


def conversation(**fields: object) -> ConversationRecord:
    facts: dict[str, object] = {
        "external_id": "1001",
        "title": "Invoice",
        "state": "open",
        "open": True,
        "contacts": ("p1", "p2"),
        "assignee": "a1",
        "company": CompanyRef(external_id="c1", company_id="ACME-1", name="Halden"),
        "tags": (TagRecord(external_id="t1", name="Billing"),),
        "messages": (part(1), part(2)),
        "parts_total": 2,
        "created_at": NOW,
        "updated_at": NOW + 10,
    }
    return ConversationRecord(**{**facts, **fields})  # type: ignore[arg-type]


def save(holder: Holder, *records: ConversationRecord, at: int = NOW + 100) -> store.Saved:
    return store.save_conversations(holder, [Fetched(record, at) for record in records])


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Conversation, Message, Contact, Company, Teammate, Tag)
    ]


def test_a_conversation_is_stored_with_all_it_names(holder: Holder) -> None:
    saved = save(holder, conversation())
    stored = Conversation.objects.get()
    assert (saved.read, saved.changed, saved.messages, saved.unknown_companies) == (1, 1, 2, True)
    assert (stored.title, stored.assignee.external_id, stored.company.name) == ("Invoice", "a1", "Halden")
    assert [link.contact.external_id for link in stored.contact_links.order_by("position")] == ["p1", "p2"]
    assert [message.contact.name for message in stored.messages.in_order()] == ["Ines", "Ines"]
    assert stored.tag_links.get().tag.name == "Billing"
    assert stored.parts_held == stored.parts_total == 2


def test_writing_twice_changes_nothing(holder: Holder) -> None:
    save(holder, conversation())
    before = everything()
    saved = save(holder, conversation())
    assert everything() == before
    assert (saved.changed, saved.messages) == (0, 0)


def test_any_order_of_versions_ends_with_the_newest(holder: Holder) -> None:
    versions = [
        conversation(title=f"Version {number}", updated_at=NOW + number, tags=(TagRecord(external_id=f"t{number}"),))
        for number in range(4)
    ]
    for order in permutations(versions):
        for version in order:
            save(holder, version, at=(version.updated_at or 0) + 1)
        stored = Conversation.objects.get()
        assert stored.title == "Version 3"
        assert [link.tag.external_id for link in stored.tag_links.all()] == ["t3"]
        Conversation.objects.all().delete()
        holder._known.clear()  # the rows are gone, which only a purge may do


def test_a_record_dated_in_the_future_gives_way_to_a_later_read(holder: Holder) -> None:
    save(holder, conversation(updated_at=NOW + 10**9, title="From the year 2055"), at=NOW)
    save(holder, conversation(updated_at=NOW + 50, title="Corrected"), at=NOW + 60)
    assert Conversation.objects.get().title == "Corrected"


def test_parts_that_intercom_does_not_give_any_more_stay(holder: Holder) -> None:
    save(holder, conversation(messages=tuple(part(number) for number in range(500)), parts_total=500))
    newest = tuple(part(number) for number in range(20, 520))
    save(holder, conversation(messages=newest, parts_total=520, updated_at=NOW + 900), at=NOW + 1_000)
    assert Conversation.objects.get().parts_held == Message.objects.count() == 520


def test_a_redacted_message_loses_its_words_here_too(holder: Holder) -> None:
    save(holder, conversation())
    blank = part(2, redacted=True, text="", html="")
    save(holder, conversation(messages=(part(1), blank), updated_at=NOW + 20))
    message = Message.objects.get(external_id="m2")
    assert (message.text, message.html, message.redacted) == ("", "", True)


def test_it_is_kept_whether_a_conversation_has_tags(holder: Holder) -> None:
    tags = (TagRecord(external_id="t1", name="Bug"),)
    for version, listed in enumerate([(), tags, (), tags]):
        save(holder, conversation(tags=listed, updated_at=NOW + version), at=NOW + version)
        stored = Conversation.objects.get()
        assert stored.untagged is not stored.tag_links.exists()


def test_tags_and_contacts_that_went_are_taken_off(holder: Holder) -> None:
    tagged = part(1, tags=(TagRecord(external_id="t2", name="Bug"),))
    save(holder, conversation(messages=(tagged,)))
    assert MessageTag.objects.count() == 1
    save(holder, conversation(messages=(part(1),), tags=(), contacts=("p2",), updated_at=NOW + 20))
    assert not ConversationTag.objects.exists()
    assert not MessageTag.objects.exists()
    assert ConversationContact.objects.get().contact.external_id == "p2"


def test_an_unchanged_message_gets_and_loses_tags_without_a_join_that_reads_all_messages(holder: Holder) -> None:
    save(holder, conversation(messages=(part(1), part(2))))
    tagged = part(2, tags=(TagRecord(external_id="t2", name="Bug"),))
    with CaptureQueriesContext(database) as asked:
        save(holder, conversation(messages=(part(1), tagged), updated_at=NOW + 20))
        assert MessageTag.objects.get().message.external_id == "m2"
        save(holder, conversation(messages=(part(1), part(2)), updated_at=NOW + 30))
    assert not MessageTag.objects.exists()
    assert not [one["sql"] for one in asked if 'JOIN "conversations_message"' in one["sql"]]


def test_a_name_that_a_message_gives_does_not_replace_what_was_read(holder: Holder) -> None:
    store.save_teammates(
        holder, [TeammateRecord(external_id="a1", name="Noor Haddad", email="noor@x.example")], at=NOW, whole=True
    )
    answer = part(3, author=Author(type="admin", external_id="a1", name="Noor", email=""))
    save(holder, conversation(messages=(answer,)))
    assert Teammate.objects.get().name == "Noor Haddad"


def test_a_deleted_conversation_loses_its_words_and_stays_deleted(holder: Holder) -> None:
    save(holder, conversation())
    assert store.delete_conversations(holder, ["1001", "never seen"], at=NOW + 200) == 1
    save(holder, conversation(), at=NOW + 201)  # an answer that was under way
    stored = Conversation.objects.get()
    assert (stored.deleted_at, stored.title, stored.messages.count()) == (NOW + 200, "", 0)


def test_a_conversation_that_changed_after_its_deletion_is_there_again(holder: Holder) -> None:
    save(holder, conversation())
    store.delete_conversations(holder, ["1001"], at=NOW + 200)
    save(holder, conversation(updated_at=NOW + 300), at=NOW + 301)
    assert Conversation.objects.present().get().messages.count() == 2


def test_odd_conversations_are_stored(holder: Holder) -> None:
    odd = conversation(
        messages=(part(1, kind="never_heard_of", author=Author(), created_at=None, text="x" * 1_000_000),),
        company=None,
        contacts=(),
        assignee="",
        title="",
        parts_total=None,
        updated_at=None,
        created_at=None,
    )
    save(holder, odd)
    assert len(Message.objects.get().text) == 1_000_000
    assert Conversation.objects.get().updated_at == NOW + 100


def test_the_same_id_in_two_workspaces_is_two_conversations(holder: Holder) -> None:
    save(holder, conversation())
    other = new_connection()
    with scope(workspace=other.workspace):
        save(Holder(other.workspace_id, other.pk), conversation(title="Theirs"))
        assert Conversation.objects.get().title == "Theirs"
    assert Conversation.objects.get().title == "Invoice"


def test_two_contacts_of_one_address_are_one_person(holder: Holder) -> None:
    contact = ContactRecord(external_id="p1", email="Ines@Halden.example", name="Ines Old", updated_at=NOW)
    same = replace(contact, external_id="p2", email="ines@halden.example", name="Ines New", updated_at=NOW + 5)
    store.save_contacts(holder, [contact, same], at=NOW + 10)
    assert Person.objects.get().name == "Ines New"
    assert Contact.objects.filter(person=Person.objects.get()).count() == 2


def test_a_conversation_that_still_names_a_merged_contact_is_its_survivor_s(holder: Holder) -> None:
    store.save_contacts(holder, [ContactRecord(external_id=one, updated_at=NOW) for one in ("p1", "p8", "p9")], at=NOW)
    save(holder, conversation())
    store.merge_contact(holder, "p1", into="p8", at=NOW + 200)
    store.merge_contact(holder, "p8", into="p9", at=NOW + 300)
    save(holder, conversation(updated_at=NOW + 400), at=NOW + 500)
    links = ConversationContact.objects.order_by("position")
    assert [link.contact.external_id for link in links] == ["p9", "p2"]
    assert {message.contact.external_id for message in Message.objects.all()} == {"p9"}


def test_a_nested_list_that_was_cut_takes_nothing_away(holder: Holder) -> None:
    contact = ContactRecord(
        external_id="p1", companies=("c1", "c2"), tags=(TagRecord(external_id="t1"),), updated_at=NOW
    )
    store.save_contacts(holder, [contact], at=NOW + 10)
    cut = replace(
        contact, companies=("c1",), companies_complete=False, tags=(), tags_complete=False, updated_at=NOW + 20
    )
    store.save_contacts(holder, [cut], at=NOW + 30)
    stored = Contact.objects.get()
    assert stored.company_links.count() == 2
    assert stored.tag_links.count() == 1


def test_a_company_that_is_a_customer_takes_its_conversations_along(holder: Holder) -> None:
    customer = CustomerFactory(workspace_id=holder.workspace_id)
    ExternalIdFactory(customer=customer, value="ACME-1")
    save(holder, conversation())
    assert Conversation.objects.get().customer is None, "a company that another object names is not read yet"
    store.save_companies(
        holder, [CompanyRecord(external_id="c1", company_id="ACME-1", name="Halden", updated_at=NOW)], at=NOW + 5
    )
    assert Conversation.objects.get().customer == customer


def test_a_tag_that_the_list_leaves_out_is_gone_and_comes_back(holder: Holder) -> None:
    both = [TagRecord(external_id="t1", name="Bug"), TagRecord(external_id="t2", name="Bug")]
    store.save_tags(holder, both, at=NOW, whole=True)
    store.save_tags(holder, both[:1], at=NOW + 1, whole=True)
    assert Tag.objects.get(external_id="t2").deleted_at == NOW + 1
    store.save_tags(holder, both, at=NOW + 2, whole=True)
    assert Tag.objects.filter(deleted_at__isnull=True, name="Bug").count() == 2


def test_a_list_with_an_unreadable_tag_takes_none_away(holder: Holder) -> None:
    store.save_tags(holder, [TagRecord(external_id="t1", name="Bug")], at=NOW, whole=True)
    store.save_tags(holder, [], at=NOW + 1, whole=False)
    assert Tag.objects.get().deleted_at is None


def test_a_tag_that_was_listed_without_its_name_gets_it_from_whoever_says_it(holder: Holder) -> None:
    nameless = ContactRecord(external_id="p1", tags=(TagRecord(external_id="t1"),), updated_at=NOW)
    store.save_contacts(holder, [nameless], at=NOW)
    assert Tag.objects.get().name == ""
    save(holder, conversation())
    assert Tag.objects.get().name == "Billing"
    save(holder, conversation(tags=(TagRecord(external_id="t1", name="Other"),), updated_at=NOW + 20))
    assert Tag.objects.get().name == "Billing"  # only the list of tags renames
