"""Contacts that are no more, or live on as another."""

import json
from typing import Any

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.conversations.models import Conversation
from sonora.people.models import Contact, Person
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import grow_older, state_of, sweep


def contact(connection: Connection, external_id: str) -> Contact:
    with scope(workspace=connection.workspace_id):
        return Contact.objects.select_related("person").get(external_id=external_id)


def contacts(intercom: Sandbox) -> list[dict[str, Any]]:
    return [row for row in intercom.objects() if row["type"] == "contact"]


def walk_over_contacts(connection: Connection) -> None:
    grow_older(connection)
    sweep(connection, "contacts")


def test_a_contact_that_two_walks_did_not_meet_and_intercom_does_not_know_is_gone(
    connection: Connection, intercom: Sandbox
) -> None:
    sync(connection)
    chosen = next(row["id"] for row in contacts(intercom) if row["email"])
    intercom.mutate("delete_contact", id=chosen)
    walk_over_contacts(connection)
    assert contact(connection, chosen).deleted_at is None, "one walk is not enough"
    walk_over_contacts(connection)
    gone = contact(connection, chosen)
    assert gone.deleted_at is not None
    assert (gone.name, gone.email, gone.phone) == ("", "", "")
    with scope(workspace=connection.workspace_id):
        assert gone.person is not None
        assert Person.objects.get(pk=gone.person.pk).name == ""
    assert not difference(connection, intercom)


def test_a_merged_contact_lives_on_as_its_survivor(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        old = Conversation.objects.filter(contact_links__isnull=False).first()
        assert old is not None
        chosen = old.contact_links.get(position=0).contact.external_id
    survivor = next(row["id"] for row in contacts(intercom) if row["id"] != chosen)
    intercom.mutate("merge_contacts", **{"from": chosen, "into": survivor})
    walk_over_contacts(connection)
    walk_over_contacts(connection)
    merged = contact(connection, chosen)
    assert (merged.merged_into, merged.email) == (survivor, "")
    with scope(workspace=connection.workspace_id):
        assert old.contact_links.filter(contact__external_id=survivor).exists()
        assert not old.contact_links.filter(contact__external_id=chosen).exists()


def test_a_contact_that_the_list_leaves_out_but_that_answers_stays(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        Contact.objects.filter(external_id=contacts(intercom)[0]["id"]).update(fetched_at=1_000, updated_at=2**40)
    walk_over_contacts(connection)
    walk_over_contacts(connection)
    assert contact(connection, contacts(intercom)[0]["id"]).deleted_at is None


def test_many_contacts_missing_at_once_are_kept(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    gone = [row["id"] for row in contacts(intercom)[:25]]
    for one in gone:
        intercom.mutate("delete_contact", id=one)
    walk_over_contacts(connection)
    walk_over_contacts(connection)
    assert all(contact(connection, one).deleted_at is None for one in gone)
    assert state_of(connection).suspects == {"contacts": 25}


def test_a_walk_over_contacts_that_leads_in_a_circle_is_put_off(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    body = '{"type":"list","data":[],"pages":{"next":{"starting_after":"again"}},"total_count":1}'
    intercom.fail("/contacts*", kind="raw", body=body, method="GET", times=None)
    intercom.reset_log()
    sweep(connection, "contacts")
    assert intercom.log()["total"] <= 3
    assert state_of(connection).swept["contacts"] > 0


def first_contact(connection: Connection, intercom: Sandbox) -> tuple[str, str]:
    """A conversation and its first contact, as the sandbox has them before anything is read."""
    chosen = next(row for row in intercom.objects() if row["type"] == "conversation" and len(row["contact_ids"]) == 1)
    return chosen["id"], chosen["contact_ids"][0]


def named_in(connection: Connection, conversation: str) -> list[str]:
    with scope(workspace=connection.workspace_id):
        links = Conversation.objects.get(external_id=conversation).contact_links
        return list(links.values_list("contact__external_id", flat=True))


def test_a_contact_that_was_merged_before_the_first_sync_is_known_as_its_survivor(
    connection: Connection, intercom: Sandbox
) -> None:
    conversation, merged = first_contact(connection, intercom)
    survivor = next(row["id"] for row in contacts(intercom) if row["id"] != merged)
    intercom.mutate("merge_contacts", **{"from": merged, "into": survivor})
    sync(connection)
    assert named_in(connection, conversation) == [merged]
    sweep(connection, "contacts")
    assert named_in(connection, conversation) == [survivor]


def test_a_contact_that_only_conversations_name_keeps_that_name_and_is_asked_for_once(
    connection: Connection, intercom: Sandbox
) -> None:
    conversation, gone = first_contact(connection, intercom)
    intercom.mutate("delete_contact", id=gone)
    sync(connection)
    name = contact(connection, gone).name
    intercom.reset_log()
    for _ in range(2):
        sweep(connection, "contacts")
    assert [one["path"] for one in intercom.requests()].count(f"/contacts/{gone}") == 1
    assert named_in(connection, conversation) == [gone]
    assert contact(connection, gone).name == name != ""
    assert contact(connection, gone).deleted_at is not None


def test_a_walk_over_the_same_contacts_for_ever_is_put_off(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    for number in range(30):
        page = {"type": "list", "data": [{"id": "65a1"}], "pages": {"next": {"starting_after": f"page {number}"}}}
        intercom.fail("/contacts", kind="raw", body=json.dumps(page), method="GET")
    intercom.reset_log()
    sweep(connection, "contacts")
    assert intercom.log()["total"] <= 4
