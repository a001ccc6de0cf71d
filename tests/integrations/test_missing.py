"""Too many are gone to believe: people see it, and one of them may let them go."""

import html
from typing import Any

import pytest

from integrations import connections, missing, snapshot
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from integrations.refusals import NotNow
from integrations.sync.suspects import APPROVED_FOR
from sonora.core import clock
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import scope
from tests.factories.conversations import ConversationFactory
from tests.integrations.conftest import CARD, House, connect

PAGE = f"{CARD}/missing"
BUTTON = "They are gone indeed"


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    """Of four conversations held three are gone from Intercom, and so are 40 companies."""
    with scope(workspace=house.workspace):
        found = connect(house.workspace, intercom)
        ConversationFactory.create_batch(4, connection=found)
        SyncState.objects.update(
            suspects={"companies": 40, "conversations": 3}, swept={"all": 9, "contacts": 9, "day": 9}
        )
        return found


def said(response: Any) -> str:
    return html.unescape(response.content.decode())


def state(made: Connection) -> SyncState:
    with scope(workspace=made.workspace):
        return SyncState.objects.get()


def test_everybody_sees_how_many_are_gone_and_that_they_are_kept(house: House, made: Connection) -> None:
    for who in (house.ada, house.ben):
        page = said(who.get(CARD))
        assert "3 of 4 conversations are gone from Intercom." in page
        assert "40 of 0 companies are gone from Intercom." in page
        assert "That is too many to believe, so they are kept." in page
    assert f'href="{PAGE}"' in said(house.ada.get(CARD))
    assert f'href="{PAGE}"' not in said(house.ben.get(CARD))


def test_nothing_is_said_where_nothing_is_held_back(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        SyncState.objects.update(suspects={})
    assert "are gone from Intercom" not in said(house.ada.get(CARD))
    page = said(house.ada.get(PAGE))
    assert "Nothing is held back" in page
    assert BUTTON not in page


def test_the_page_says_what_it_means_before_anything_is_pressed(house: House, made: Connection) -> None:
    page = said(house.ada.get(PAGE))
    for words in ("3 of 4 (75%)", "This can't be undone.", "A wrong address", BUTTON, "Keep them"):
        assert words in page
    assert state(made).suspects_approved == {}


def test_a_persons_word_is_kept_audited_and_acted_upon_at_once(house: House, made: Connection) -> None:
    page = said(house.ada.post(PAGE, follow=True))
    assert "They are looked for once more" in page
    assert "ada@a.example let them go" in page
    after = state(made)
    assert {stream: word["by"] for stream, word in after.suspects_approved.items()} == {
        "companies": "ada@a.example",
        "conversations": "ada@a.example",
    }
    assert after.swept == {"all": 0, "contacts": 0, "day": 9}
    assert after.now_requested_at == after.next_due
    with scope(workspace=made.workspace):
        entry = AuditEntry.objects.get(action="integration.missing_approved")
    assert (entry.actor, entry.detail["suspects"]) == ("ada@a.example", {"companies": 40, "conversations": 3})


def test_a_word_is_forgotten_after_two_days(made: Connection) -> None:
    now = clock.now()
    with scope(workspace=made.workspace):
        connections.let_go(made, by="ada@a.example")
        with clock.fixed(now + APPROVED_FOR - 60):
            assert missing.of(snapshot.read(made))[0].said_by == "ada@a.example"
        with clock.fixed(now + APPROVED_FOR + 60):
            assert missing.of(snapshot.read(made))[0].said_by == ""


def test_the_second_of_two_clicks_finds_nothing_held_back(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        SyncState.objects.update(suspects={})
    assert "Nothing is held back any more." in said(house.ada.post(PAGE, follow=True))
    with scope(workspace=made.workspace):
        assert not AuditEntry.objects.filter(action="integration.missing_approved").exists()


def test_nothing_goes_while_it_is_paused(made: Connection) -> None:
    with scope(workspace=made.workspace):
        connections.pause(made, by="ada@a.example")
        with pytest.raises(NotNow):
            connections.let_go(made, by="ada@a.example")
    assert state(made).suspects_approved == {}


def test_a_member_may_not_let_anything_go(house: House, made: Connection) -> None:
    assert house.ben.get(PAGE).status_code == 403
    assert house.ben.post(PAGE).status_code == 403
    assert state(made).suspects_approved == {}


def test_a_stranger_finds_nothing(house: House, made: Connection) -> None:
    assert house.cleo.get(PAGE).status_code == 404
    assert house.cleo.post(PAGE).status_code == 404
    assert state(made).suspects_approved == {}
