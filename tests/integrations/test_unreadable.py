"""What could not be read, for people: by cause, without what came, and how it is tried again."""

import html
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations import connections, retries, unreadable
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, DeadLetter, Pending, SyncState
from integrations.refusals import NotNow
from integrations.sync import poison
from sonora.core import clock
from sonora.workspaces.models import AuditEntry, Workspace
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.integrations import NOW
from tests.integrations.conftest import CARD, House, connect

PAGE = f"{CARD}/unreadable"
RETRIES = f"{PAGE}/retries"
WORDS = b'{"body": "<p>My own words</p>"}'


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    with scope(workspace=house.workspace):
        return connect(house.workspace, intercom)


def letter(made: Connection, stream: str, name: str, **fields: Any) -> DeadLetter:
    wanted = {"error": "Expected `str`, got `array`", "raw": WORDS, "first_at": NOW, "last_at": NOW, **fields}
    with scopes_disabled():
        return DeadLetter.objects.create(
            workspace=made.workspace, connection=made, stream=stream, external_id=name, **wanted
        )


def pending(made: Connection) -> dict[str, tuple[int, int, int, int]]:
    with scope(workspace=made.workspace):
        rows = Pending.objects.values_list("external_id", "seen_updated_at", "priority", "attempts", "not_before")
        return {name: tuple(rest) for name, *rest in rows}


def state(made: Connection) -> SyncState:
    with scope(workspace=made.workspace):
        return SyncState.objects.get()


def said(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_nothing_unreadable_is_said_in_words(house: House, made: Connection) -> None:
    page = said(house.ben.get(PAGE))
    assert "Everything could be read" in page
    assert "Try" not in page


def test_letters_stand_under_their_cause_with_id_time_and_number(house: House, made: Connection) -> None:
    letter(made, "contacts", "p-1", count=4)
    letter(made, "contacts", "p-2", last_at=NOW + 60)
    letter(made, "conversations", "c-9", error="Reading it ended the worker three times.")
    with scope(workspace=made.workspace):
        first, second = unreadable.causes(made)
    assert (first.title, first.count, first.first_at, first.last_at, first.more) == ("People", 2, NOW, NOW + 60, 0)
    assert [(one.name, one.count, one.last_at) for one in first.letters] == [("p-2", 1, NOW + 60), ("p-1", 4, NOW)]
    assert (second.title, second.error) == ("Conversations", "Reading it ended the worker three times.")
    page = said(house.ben.get(PAGE))
    for words in ("3 objects could not be read.", "Expected `str`, got `array`", "p-1", "p-2", "c-9"):
        assert words in page


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_nobody_reads_what_came(house: House, made: Connection, who: str) -> None:
    letter(made, "messages", "c-1:m-1")
    page = getattr(house, who).get(PAGE).content.decode()
    assert "m-1" in page
    assert "c-1" in page
    assert "own words" not in page


def test_a_record_without_a_readable_id_has_none(house: House, made: Connection) -> None:
    letter(made, "contacts", "?3f2a99")
    letter(made, "messages", "c-1:?77bb", error="The part has no usable id.")
    page = said(house.ben.get(PAGE))
    assert page.count("No readable ID") == 2
    assert "3f2a99" not in page
    assert "77bb" not in page


def test_an_odd_id_stays_text(house: House, made: Connection) -> None:
    letter(made, "contacts", "<img src=x onerror=alert(1)>")
    assert b"<img src=x" not in house.ada.get(PAGE).content


def test_a_change_that_makes_thousands_unreadable_makes_no_endless_page(house: House, made: Connection) -> None:
    for number in range(25):
        letter(made, "contacts", f"p-{number}", last_at=NOW + number)
        letter(made, "companies", f"c-{number}", error=f"Reason {number:02}")
    with scope(workspace=made.workspace):
        causes = unreadable.causes(made)
    assert len(causes) == 20
    assert [one.name for one in causes[0].letters] == [f"p-{number}" for number in range(24, 4, -1)]
    assert causes[0].more == 5
    assert "and 5 more for the same reason" in said(house.ben.get(PAGE))


def test_more_letters_cost_no_more_queries(house: House, made: Connection) -> None:
    letter(made, "conversations", "c-0")
    few = _queries(house)
    for number in range(1, 20):
        letter(made, "conversations", f"c-{number}")
        letter(made, "companies", f"c-{number}", error=f"Reason {number}")
    assert _queries(house) == few
    with scope(workspace=made.workspace), CaptureQueriesContext(database) as asked:
        unreadable.causes(made)
    assert len(asked) == 1
    assert not [query for query in asked if '"raw"' in query["sql"]], "a megabyte a letter, and nobody looks at it"


def _queries(house: House) -> int:
    house.ada.get(PAGE)
    with CaptureQueriesContext(database) as asked:
        house.ada.get(PAGE)
    return len(asked)


def test_a_conversation_is_put_on_the_list_and_no_change_is_claimed(house: House, made: Connection) -> None:
    chosen = letter(made, "conversations", "c-1")
    letter(made, "conversations", "c-2")
    page = said(house.ada.post(RETRIES, {"letter": chosen.pk}, follow=True))
    assert "1 object will be tried again." in page
    assert pending(made) == {"c-1": (0, 0, 0, 0)}
    assert page.count("Waits to be read") == 1


def test_a_message_is_read_with_its_conversation(made: Connection) -> None:
    letter(made, "messages", "c-1:m-1")
    letter(made, "messages", "c-1:?77")
    assert _all(made) == 2
    assert set(pending(made)) == {"c-1"}


def test_one_that_ended_the_worker_is_tried_alone_and_once(made: Connection) -> None:
    letter(made, "conversations", "c-1", raw=b"")
    _all(made)
    assert pending(made)["c-1"] == (0, 0, poison.TRIES, 0)


def test_one_that_waits_for_another_hour_is_read_now(made: Connection) -> None:
    letter(made, "conversations", "c-1")
    with scope(workspace=made.workspace):
        Pending.objects.create(
            workspace=made.workspace,
            connection=made,
            external_id="c-1",
            seen_updated_at=NOW,
            priority=3,
            not_before=clock.now() + 3_600,
            attempts=2,
        )
    _all(made)
    assert pending(made)["c-1"] == (NOW, 0, 0, 0)


@pytest.mark.parametrize("name", ["?77bb", "x" * 65])
def test_what_cannot_be_asked_for_by_id_is_not(made: Connection, name: str) -> None:
    letter(made, "conversations", name)
    assert _all(made) == 1
    assert pending(made) == {}


@pytest.mark.parametrize(("stream", "swept"), [("contacts", 0), ("companies", 5), ("tags", 5)])
def test_everything_else_comes_with_a_whole_walk(made: Connection, stream: str, swept: int) -> None:
    with scope(workspace=made.workspace):
        SyncState.objects.update(swept={"contacts": 5, "day": 7}, next_due=None)
    letter(made, stream, "x-1")
    _all(made)
    after = state(made)
    assert after.swept == {"contacts": swept, "day": 7}
    assert after.now_requested_at is not None
    assert (after.now_requested_by, after.next_due) == ("ada@a.example", after.now_requested_at)


def test_a_retry_stands_in_the_audit_trail_without_words(made: Connection) -> None:
    letter(made, "conversations", "c-1")
    letter(made, "contacts", "p-1")
    _all(made)
    with scope(workspace=made.workspace):
        entry = AuditEntry.objects.get(action="integration.retry_requested")
    assert entry.actor == "ada@a.example"
    assert (entry.detail["letters"], entry.detail["ids"]) == ({"conversations": 1, "contacts": 1}, ["c-1", "p-1"])
    assert "words" not in str(entry.detail)


def test_a_letter_that_is_gone_meanwhile_is_said_to_be(house: House, made: Connection) -> None:
    chosen = letter(made, "contacts", "p-1")
    with scope(workspace=made.workspace):
        DeadLetter.objects.all().delete()
    page = said(house.ada.post(RETRIES, {"letter": chosen.pk}, follow=True))
    assert "It was read in the meantime." in page


@pytest.mark.parametrize("end", ["pause", "disconnect"])
def test_nothing_is_tried_while_nothing_is_read(made: Connection, end: str) -> None:
    letter(made, "conversations", "c-1")
    with scope(workspace=made.workspace):
        if end == "pause":
            connections.pause(made, by="ada@a.example")
        else:
            connections.disconnect(made, by="ada@a.example", delete=False)
        with pytest.raises(NotNow):
            retries.try_again(made, by="ada@a.example")
    assert pending(made) == {}


def test_with_htmx_the_list_and_the_word_come_back_alone(house: House, made: Connection) -> None:
    letter(made, "conversations", "c-1")
    page = said(house.ada.post(RETRIES, headers={"HX-Request": "true"}))
    assert page.lstrip().startswith('<div class="stack" id="unreadable">')
    assert 'hx-swap-oob="true"' in page
    assert "1 object will be tried again." in page
    assert "<html" not in page


def test_a_member_reads_and_may_not_press(house: House, made: Connection) -> None:
    chosen = letter(made, "conversations", "c-1")
    page = said(house.ben.get(PAGE))
    assert "c-1" in page
    assert "Try again" not in page
    assert "Try all" not in page
    assert house.ben.post(RETRIES, {"letter": chosen.pk}).status_code == 403
    assert pending(made) == {}


def test_a_letter_of_another_workspace_cannot_be_tried(house: House, made: Connection, intercom: Sandbox) -> None:
    with scopes_disabled():
        other = Workspace.objects.get(slug="b")
    with scope(workspace=other):
        connect(other, intercom)
    chosen = letter(made, "conversations", "c-1")
    house.cleo.post(RETRIES, {"letter": chosen.pk})
    assert pending(made) == {}
    assert "c-1" not in said(house.cleo.get(PAGE))


def _all(made: Connection) -> int:
    with scope(workspace=made.workspace):
        return retries.try_again(made, by="ada@a.example")
