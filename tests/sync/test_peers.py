"""What other connectors were measured to lose, and what else of a stream is easily lost: none of it is lost here."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import pytest

from integrations import snapshot
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncRun
from sonora.conversations.models import (
    CompanyTag,
    Conversation,
    ConversationTag,
    Message,
    Tag,
    Teammate,
)
from sonora.filters.filterset import FilterSet
from sonora.filters.viewer import Viewer
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connected, difference, held, sync

pytestmark = pytest.mark.usefixtures("impatient")


@pytest.fixture
def long_winded() -> Iterator[Sandbox]:
    """Three conversations of 600 parts each, of which Intercom gives the newest 500."""
    with Sandbox(conversations=3, parts=600) as sandbox:
        yield sandbox


@pytest.fixture
def synced(connection: Connection, intercom: Sandbox) -> Connection:
    sync(connection)
    return connection


def rows(intercom: Sandbox, kind: str) -> list[dict[str, Any]]:
    return [row for row in intercom.objects() if row["type"] == kind]


def found(connection: Connection, words: str) -> set[str]:
    with scope(workspace=connection.workspace_id):
        return {one.external_id for one in FilterSet(text=words).conversations(Viewer(notes=True, now=0, zone=UTC))}


def test_a_conversation_that_comes_back_after_it_left_the_window_has_all_its_parts(
    synced: Connection, intercom: Sandbox
) -> None:
    chosen = next(row for row in rows(intercom, "conversation") if 3 < row["parts_held"] < 400)
    for _ in range(2):
        for text in ("One more.", "And another."):
            intercom.mutate("reply", id=chosen["id"], text=text)
        sync(synced)
    assert held(synced)["conversation", "", chosen["id"]]["parts_held"] == chosen["parts_held"] + 4
    assert not difference(synced, intercom)


def test_of_a_conversation_of_600_parts_500_are_here_and_100_are_said_to_be_lost(
    workspace: Workspace, long_winded: Sandbox, settings: Any
) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = [long_winded.url]
    connection = connected(workspace, long_winded)
    sync(connection)
    with scope(workspace=workspace):
        before = snapshot.read(connection).parts
        assert (before.said, before.held, before.not_retrievable, before.cut) == (1_800, 1_500, 300, 3)
        assert Message.objects.filter(origin="source").count() == 3, "the request that began it is no part"
    for _ in range(20):
        long_winded.mutate("reply", id=rows(long_winded, "conversation")[0]["id"], text="Still talking.")
    sync(connection)
    with scope(workspace=workspace):
        after = snapshot.read(connection).parts
        assert (after.said, after.held, after.not_retrievable) == (1_820, 1_520, 300)


def test_words_that_were_redacted_are_found_no_more(synced: Connection, intercom: Sandbox) -> None:
    first, second = (row["id"] for row in rows(intercom, "conversation")[:2])
    intercom.mutate("reply", id=first, text="My card number is Zanzibarite.")
    source = {"type": "email", "id": "1", "subject": "Quokkaish", "body": "<p>Quokkaish words</p>", "redacted": False}
    intercom.mutate(
        "change_conversation", id=second, set={"title": None, "source": {**source, "author": None, "attachments": []}}
    )
    sync(synced)
    assert found(synced, "zanzibarite") == {first}
    assert found(synced, "quokkaish") == {second}
    part = next(row["id"] for row in rows(intercom, "message") if "Zanzibarite" in row["text"])
    intercom.mutate("redact_part", id=first, part_id=part)
    intercom.mutate("redact_part", id=second, part_id="source")
    sync(synced)
    assert found(synced, "zanzibarite") == found(synced, "quokkaish") == set()
    with scope(workspace=synced.workspace_id):
        assert not Message.objects.filter(text__icontains="zanzibarite").exists()
        conversation = Conversation.objects.get(external_id=second)
        assert "uokkaish" not in conversation.title + conversation.preview


def test_two_tags_of_one_name_are_two_and_a_rename_is_none_more(synced: Connection, intercom: Sandbox) -> None:
    first, second = (row["id"] for row in rows(intercom, "conversation")[:2])
    twins = [intercom.mutate("add_tag", name="Twin")["id"] for _ in range(2)]
    intercom.mutate("tag", conversation_id=first, tag_id=twins[0])
    intercom.mutate("tag", conversation_id=second, tag_id=twins[1])
    intercom.mutate("rename_tag", id=twins[0], name="Older twin")
    sync(synced)
    with scope(workspace=synced.workspace_id):
        named = dict(Tag.objects.filter(external_id__in=twins).values_list("external_id", "name"))
        assert named == {twins[0]: "Older twin", twins[1]: "Twin"}
        links = ConversationTag.objects.filter(tag__external_id__in=twins)
        assert set(links.values_list("conversation__external_id", "tag__external_id")) == {
            (first, twins[0]),
            (second, twins[1]),
        }
    assert not difference(synced, intercom)


def test_a_tag_that_is_deleted_goes_from_everything(synced: Connection, intercom: Sandbox) -> None:
    chosen = rows(intercom, "conversation_tag")[0]["tag_id"]
    intercom.mutate("delete_tag", id=chosen)
    sync(synced)
    assert not difference(synced, intercom)


def test_tags_of_companies_come_and_go(synced: Connection, intercom: Sandbox) -> None:
    company, tag = rows(intercom, "company")[0]["id"], rows(intercom, "tag")[0]["id"]
    intercom.mutate("tag", company_id=company, tag_id=tag)
    sync(synced)
    with scope(workspace=synced.workspace_id):
        links = CompanyTag.objects.filter(company__external_id=company, tag__external_id=tag)
        assert links.exists()
    intercom.mutate("untag", company_id=company, tag_id=tag)
    sync(synced)
    with scope(workspace=synced.workspace_id):
        assert not links.all().exists()


def test_a_teammate_who_left_is_gone_and_what_they_wrote_keeps_their_name(
    synced: Connection, intercom: Sandbox
) -> None:
    with scope(workspace=synced.workspace_id):
        said = Message.objects.filter(teammate__fetched_at__isnull=False).select_related("teammate").first()
        assert said is not None
        assert said.teammate is not None
        chosen, name = said.teammate.external_id, said.author_name
    intercom.mutate("remove_admin", id=chosen)
    sync(synced)
    assert ("admin", "", chosen) not in held(synced)
    with scope(workspace=synced.workspace_id):
        assert Teammate.objects.get(external_id=chosen).deleted_at is not None
        assert Message.objects.get(pk=said.pk).author_name == name != ""


def test_a_page_of_html_with_a_captcha_is_no_answer_and_no_refusal(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("*", kind="html", status=405, times=3, skip=3)
    sync(connection)
    assert not difference(connection, intercom)
    with scope(workspace=connection.workspace_id):
        assert SyncRun.objects.get().issues == []


def test_a_rating_and_linked_tickets_come_in_and_change(synced: Connection, intercom: Sandbox) -> None:
    chosen = rows(intercom, "conversation")[0]["id"]
    rating = {"rating": 2, "remark": "Too slow.", "created_at": 1, "updated_at": 1, "contact": None, "teammate": None}
    tickets = {"type": "list", "total_count": 1, "has_more": False, "data": [{"type": "ticket", "id": "8001"}]}
    intercom.mutate("change_conversation", id=chosen, set={"conversation_rating": rating, "linked_objects": tickets})
    sync(synced)
    with scope(workspace=synced.workspace_id):
        one = Conversation.objects.get(external_id=chosen)
        assert (one.rating, one.rating_remark, one.linked_tickets) == (2, "Too slow.", ["8001"])
    intercom.mutate("change_conversation", id=chosen, set={"conversation_rating": None})
    sync(synced)
    with scope(workspace=synced.workspace_id):
        assert Conversation.objects.get(external_id=chosen).rating is None


def test_a_conversation_of_many_people_names_them_all_in_order(synced: Connection, intercom: Sandbox) -> None:
    chosen = rows(intercom, "conversation")[0]["id"]
    people = [row["id"] for row in rows(intercom, "contact")[:14]]
    intercom.mutate("change_conversation", id=chosen, set={"contact_ids": people})
    sync(synced)
    assert held(synced)["conversation", "", chosen]["contact_ids"] == people


def test_a_conversation_moves_to_another_company(synced: Connection, intercom: Sandbox) -> None:
    chosen = next(row for row in rows(intercom, "conversation") if row["company_id"])
    other = next(row["id"] for row in rows(intercom, "company") if row["id"] != chosen["company_id"])
    for company in (other, None):
        intercom.mutate("change_conversation", id=chosen["id"], set={"company_id": company})
        sync(synced)
        assert held(synced)["conversation", "", chosen["id"]]["company_id"] == company
