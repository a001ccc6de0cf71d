"""Why a conversation is here or is not: each answer brought about once, over real HTTP."""

import html
from typing import Any

import pytest

from integrations import controls, whereabouts
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, Pending, SyncState
from integrations.sync import engine
from integrations.whereabouts import Whereabouts
from sonora.conversations.models import Conversation
from sonora.core import clock
from sonora.workspaces.scoping import scope
from tests.integrations.conftest import CARD, House, connect

PAGE = f"{CARD}/troubleshooting"


@pytest.fixture
def made(transactional_db: None, house: House, intercom: Sandbox) -> Connection:
    with scope(workspace=house.workspace):
        return connect(house.workspace, intercom, lookback_days=30)


@pytest.fixture
def synced(made: Connection) -> Connection:
    while engine.run_slice(made.pk).ended is engine.Ended.MORE:
        pass
    with scope(workspace=made.workspace_id):
        assert SyncState.objects.get().initial_done_at is not None
    return made


def of(made: Connection, typed: str) -> Whereabouts:
    with scope(workspace=made.workspace_id):
        return whereabouts.of(Connection.objects.get(pk=made.pk), typed)


def conversations(intercom: Sandbox) -> list[dict[str, Any]]:
    return [row for row in intercom.objects() if row["type"] == "conversation"]


def held(made: Connection) -> Conversation:
    with scope(workspace=made.workspace_id):
        return Conversation.objects.filter(fetched_at__isnull=False).order_by("pk")[0]


def test_one_that_is_here_is_found_by_its_address(synced: Connection) -> None:
    one = held(synced)
    found = of(synced, one.url)
    assert (found.key, found.conversation) == ("here", one.pk)


def test_one_of_another_workspace_is_told_apart(synced: Connection) -> None:
    found = of(synced, "https://app.intercom.com/a/inbox/other123/inbox/conversation/7")
    assert found.key == "other_workspace"
    assert "other123" in found.sentence


def test_one_that_was_deleted_is_said_to_be(synced: Connection) -> None:
    one = held(synced)
    with scope(workspace=synced.workspace_id):
        Conversation.objects.filter(pk=one.pk).update(deleted_at=clock.now())
    assert of(synced, one.external_id).key == "deleted"


def test_one_that_could_not_be_read_is_said_to_be(made: Connection) -> None:
    with scope(workspace=made.workspace_id):
        DeadLetter.objects.create(
            workspace=made.workspace, connection=made, stream="conversations", external_id="7", error="x",
            first_at=1, last_at=1,
        )  # fmt: skip
    assert of(made, "7").way == "unreadable"


def test_one_that_waits_is_said_to_wait(made: Connection) -> None:
    with scope(workspace=made.workspace_id):
        Pending.objects.create(workspace=made.workspace, connection=made, external_id="7", seen_updated_at=1)
    assert of(made, "7").key == "waiting"


def test_one_that_the_token_cannot_see_is_not_given(synced: Connection) -> None:
    found = of(synced, "987654321")
    assert found.key == "not_given"
    assert "restricted teams or assignment rules" in found.sentence


def test_one_closed_before_the_lookback_names_the_lookback(synced: Connection, intercom: Sandbox) -> None:
    with scope(workspace=synced.workspace_id):
        here = set(Conversation.objects.values_list("external_id", flat=True))
    old = next(row for row in conversations(intercom) if row["id"] not in here)
    found = of(synced, old["id"])
    assert (found.key, found.at) == ("too_old", old["updated_at"])
    assert "30 days" in found.sentence


def test_one_that_should_be_here_is_read_at_once(synced: Connection) -> None:
    one = held(synced)
    with scope(workspace=synced.workspace_id):
        Conversation.objects.filter(pk=one.pk).delete()
    assert of(synced, one.external_id).key == "coming"
    engine.run_slice(synced.pk)
    assert of(synced, one.external_id).key == "here"


def test_while_paused_it_says_what_stands_in_the_way(synced: Connection) -> None:
    one = held(synced)
    with scope(workspace=synced.workspace_id):
        Conversation.objects.filter(pk=one.pk).delete()
        controls.pause(Connection.objects.get(pk=synced.pk), by="ada@a.example")
    assert "Resume it first." in of(synced, one.external_id).sentence


def test_a_refused_token_is_told_and_not_shown(made: Connection, intercom: Sandbox) -> None:
    intercom.settings(revoked="token_revoked")
    found = of(made, "7")
    assert "doesn't accept this token" in found.sentence
    assert intercom.token not in found.sentence


def test_the_page_answers_with_and_without_scripts(house: House, synced: Connection) -> None:
    one = held(synced)
    page = html.unescape(house.ada.get(PAGE).content.decode())
    for words in ("Restricted teams or assignment rules", "401 Unauthorized", "Wrong region", "Lookback"):
        assert words in page
    whole = house.ada.post(PAGE, {"link": one.external_id}).content.decode()
    assert "<html" in whole
    part = house.ada.post(PAGE, {"link": one.external_id}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f"/conversations/{one.pk}" in part


def test_what_is_pasted_is_never_run(house: House, made: Connection) -> None:
    page = house.ada.post(PAGE, {"link": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "Paste the address" in page
