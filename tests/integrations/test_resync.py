"""Resync on the pages: what it costs is said first, one click begins it, and how far it is can be seen."""

import html
import re
from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, Pending, SyncRun, SyncState
from integrations.sync.pending import AGAIN
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import scope
from tests.factories.conversations import ConversationFactory
from tests.factories.integrations import NOW
from tests.factories.people import ContactFactory
from tests.integrations.conftest import CARD, House, connect

PAGE = f"{CARD}/resync"


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    """Its first sync is done: 3 conversations and 151 people are held."""
    with scope(workspace=house.workspace):
        found = connect(house.workspace, intercom)
        SyncState.objects.update(initial_done_at=NOW, open_done=True, closed_done=True, backfill_start=NOW)
        for number in range(3):
            ConversationFactory(connection=found, external_id=f"c{number}")
        ContactFactory.create_batch(151, connection=found)
        return found


def said(response: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def state(made: Connection) -> SyncState:
    with scope(workspace=made.workspace):
        return SyncState.objects.get()


def test_it_says_what_each_costs_before_anything_is_asked(house: House, made: Connection, intercom: Sandbox) -> None:
    intercom.reset_log()
    page = said(house.ada.get(PAGE))
    assert "Conversations 3 held · about 3 requests" in page
    assert "People 151 held · about 2 requests" in page
    assert "Companies, teammates, teams and tags 0 held · about 5 requests" in page
    assert intercom.requests() == []


@pytest.mark.parametrize(("query", "chosen"), [("", 0), ("?object=contacts", 1), ("?object=all", 3)])
def test_the_settings_lead_to_one_object_or_to_all(house: House, made: Connection, query: str, chosen: int) -> None:
    assert house.ada.get(PAGE + query).content.decode().count(" checked") == chosen


def test_one_click_begins_it_and_leads_to_its_run(house: House, made: Connection) -> None:
    response = house.ada.post(PAGE, {"objects": ["conversations", "contacts"]})
    with scope(workspace=made.workspace):
        run = SyncRun.objects.get()
    assert (run.kind, run.result, run.triggered_by) == ("resync", "running", "ada@a.example")
    assert response.headers["Location"] == f"{CARD}/runs/{run.pk}"
    asked = state(made)
    assert (asked.resync_run, asked.resync_owed) == (run.pk, ["contacts", "conversations"])
    assert asked.swept == {"resync": 0, "all": 0, "contacts": 0}
    assert asked.now_requested_by == "ada@a.example"


def test_the_audit_trail_has_who_asked_for_what_at_which_price(house: House, made: Connection) -> None:
    house.ada.post(PAGE, {"objects": ["conversations", "contacts"]})
    with scope(workspace=made.workspace):
        entry = AuditEntry.objects.get(action="integration.resync_requested")
    assert entry.actor == "ada@a.example"
    assert (entry.detail["objects"], entry.detail["requests"]) == (["contacts", "conversations"], 5)


def test_a_slice_under_way_loses_its_lease_so_that_it_cannot_write_over_what_is_due(
    house: House, made: Connection
) -> None:
    with scope(workspace=made.workspace):
        SyncState.objects.update(fence=7, lease_until=NOW * 2, lease_owner="other")
    house.ada.post(PAGE, {"objects": ["contacts"]})
    assert (state(made).fence, state(made).lease_owner) == (8, "")


def test_nothing_chosen_is_said_and_nothing_begins(house: House, made: Connection) -> None:
    response = house.ada.post(PAGE, {})
    assert response.status_code == 422
    assert "Choose what to read again." in said(response)
    assert state(made).resync_run is None


def test_what_is_not_offered_is_refused(house: House, made: Connection) -> None:
    assert house.ada.post(PAGE, {"objects": ["everything"]}).status_code == 422
    assert state(made).resync_run is None


def test_a_second_one_is_refused_while_the_first_is_under_way(house: House, made: Connection) -> None:
    house.ada.post(PAGE, {"objects": ["contacts"]})
    response = house.ada.post(PAGE, {"objects": ["contacts"]}, follow=True)
    assert "It is being read again already." in said(response)
    with scope(workspace=made.workspace):
        assert SyncRun.objects.count() == 1


def test_it_waits_for_the_end_of_the_first_sync(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        SyncState.objects.update(initial_done_at=None)
    assert "Resync" not in said(house.ada.get(f"{CARD}/settings"))
    response = house.ada.post(PAGE, {"objects": ["contacts"]}, follow=True)
    assert "The first sync is still reading everything." in said(response)


def test_the_card_and_the_settings_say_how_far_it_is(house: House, made: Connection) -> None:
    house.ada.post(PAGE, {"objects": ["conversations"]})
    with scope(workspace=made.workspace):
        SyncState.objects.update(resync_place="c1", resync_put=2)
        Pending.objects.create(
            workspace=made.workspace, connection=made, external_id="c1", seen_updated_at=0, priority=AGAIN
        )
    for page in (CARD, f"{CARD}/progress", f"{CARD}/settings", PAGE):
        assert "Reading again: 1 of 3 conversations." in said(house.ada.get(page))
