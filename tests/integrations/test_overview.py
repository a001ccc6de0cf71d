"""What the overview says of completeness: the ledger, the coverage, and a sync that stands still."""

import html
import re
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Beat, Connection, DeadLetter, StreamState, SyncState
from integrations.sync import beat
from sonora.core import clock
from sonora.insights.models import FeatureRequest
from sonora.workspaces.scoping import scope
from tests.factories.conversations import ConversationFactory, MessageFactory, TagFactory
from tests.factories.integrations import NOW
from tests.integrations.conftest import CARD, House, connect

MOST_QUERIES = 12


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    """Its first sync is done: a conversation of which Intercom gives less than it counts, and three tags."""
    with scope(workspace=house.workspace):
        found = connect(house.workspace, intercom)
        Connection.objects.update(run="idle")
        SyncState.objects.update(
            initial_done_at=NOW,
            backfill_start=NOW,
            open_done=True,
            closed_done=True,
            closed_edge=NOW - 90 * 86_400,
            watermark=NOW,
            deleted_seen_at=NOW,
            last_run_finished_at=clock.now(),
            next_due=clock.now() + 900,
        )
        one = ConversationFactory(connection=found, parts_total=742, parts_held=2)
        MessageFactory.create_batch(2, conversation=one)
        TagFactory.create_batch(3, connection=found)
        StreamState.objects.create(workspace=found.workspace, connection=found, stream="tags", said=4, said_at=NOW)
        return found


def change(made: Connection, **columns: Any) -> None:
    with scope(workspace=made.workspace):
        SyncState.objects.update(**columns)


def said(response: Any) -> str:
    """The words of a page, with one space between them."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_each_kind_has_its_two_counts_and_why_they_differ(house: House, made: Connection) -> None:
    page = said(house.ben.get(CARD))
    assert "Object Intercom says Sonora holds Still to come Why" in page
    assert "Tags 4 3 0 1 missing for no known reason" in page
    assert "Conversations — 1 — Intercom gives no total" in page
    assert "Messages 742 2 0 740 not given by Intercom any more" in page
    assert "1 conversation has more than were ever given." in page


def test_equal_counts_say_that_they_balance(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        StreamState.objects.update(said=3)
    assert "Tags 4 3" not in said(house.ben.get(CARD))
    assert "Tags 3 3 0 balances" in said(house.ben.get(CARD))


def test_nothing_is_said_to_balance_while_the_first_sync_reads_on(house: House, made: Connection) -> None:
    change(made, initial_done_at=None)
    page = said(house.ben.get(CARD))
    assert "Messages — 2 — reading" in page
    assert "balances" not in page


def test_the_ledger_says_when_intercom_counted(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        StreamState.objects.update(stream="conversations", said=1, said_at=clock.now() - 7_200)
    assert "Ledger Intercom counted 2 h ago" in said(house.ben.get(CARD))


def test_the_coverage_says_how_far_back_up_to_when_and_what_is_never_seen(house: House, made: Connection) -> None:
    page = said(house.ben.get(CARD))
    for words in (
        "Open conversations All",
        "Closed conversations Complete back to 23 Jun 2026",
        "Synced through 21 Sep, 14:13",
        "Deletions Seen with each sync",
        "Never seen Outbound messages without a reply: Intercom's search leaves them out.",
    ):
        assert words in page, words
    assert "Search Showed" not in page


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"closed_edge": None}, "Closed conversations All"),
        (
            {"closed_done": False, "closed_frontier": NOW - 86_400},
            "Closed conversations Complete back to 20 Sep 2026 so far",
        ),
        ({"closed_done": False, "closed_frontier": None}, "Closed conversations Last 90 days"),
        (
            {"deletions_refused": True},
            "Deletions Not told by Intercom to this connection; found by a weekly comparison",
        ),
        ({"deleted_seen_at": None}, "Deletions Known after the first sync"),
        ({"initial_done_at": None}, "Synced through Known after the first sync"),
    ],
)
def test_the_coverage_follows_the_rows(
    house: House, made: Connection, columns: dict[str, int | None], words: str
) -> None:
    change(made, **columns)
    assert words in said(house.ben.get(CARD))
    assert words in said(house.ben.get(f"{CARD}/progress"))


def test_a_late_search_is_told(house: House, made: Connection) -> None:
    change(made, search_lag=420, search_lag_at=clock.now())
    assert "Search Showed a change 7 min late." in said(house.ben.get(CARD))


def test_admins_are_told_of_words_that_sonora_does_not_know(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        StreamState.objects.update(unknown={f"part_type:kind_{one}": 2 for one in "abcd"} | {"part_type:comment": 1})
    line = "New to Sonora Part type “kind_a”, part type “kind_b”, part type “kind_c” and 1 other."
    assert line in said(house.ada.get(CARD))
    assert "New to Sonora" not in said(house.ben.get(CARD))


@pytest.mark.parametrize(
    ("is_on", "words"),
    [(True, "Sentiment All conversations analysed Feature requests 1 request"), (False, "Turned off")],
)
def test_it_says_how_many_feature_requests_came_of_it(house: House, made: Connection, is_on: bool, words: str) -> None:
    with scope(workspace=made.workspace):
        for mentions in (0, 3):
            FeatureRequest.objects.create(workspace=made.workspace, title="A", created_at=1, mentions=mentions)
        Connection.objects.update(analyse_requests=is_on)
    assert words in said(house.ada.get(CARD))


def test_what_could_not_be_read_is_a_link(house: House, made: Connection) -> None:
    with scope(workspace=made.workspace):
        owner = {"workspace": made.workspace, "connection": made}
        DeadLetter.objects.create(**owner, stream="contacts", external_id="p", error="x", first_at=NOW, last_at=NOW)
    response = house.ben.get(CARD)
    assert "1 person could not be read. We'll try again next time. See them" in said(response)
    assert response.content.decode().count(f'href="{CARD}/unreadable"') == 3


def test_an_admin_is_told_why_nothing_comes_in_and_whom_to_ask(house: House, made: Connection) -> None:
    change(made, next_due=NOW, last_progress_at=NOW)
    ours, theirs = said(house.ada.get(CARD)), said(house.ben.get(CARD))
    why = "Nothing came in since 21 Sep, 10:13 EDT: it is due and no worker was given it."
    assert why in ours
    assert why in theirs
    assert "Ask whoever operates Sonora whether a worker runs." in ours
    assert "Ask whoever operates" not in theirs


def test_a_silent_scheduler_shows_while_the_first_sync_waits_for_it(house: House, made: Connection) -> None:
    change(made, initial_done_at=None)
    with scope(workspace=made.workspace):
        Beat.objects.create(pk=beat.THE_ONE, ticked_at=clock.now() - 300)
    page = said(house.ada.get(f"{CARD}/progress"))
    assert "Sonora's scheduler hasn't run since" in page
    assert "Ask whoever operates Sonora to start the beat process." in page


def test_more_rows_cost_no_more_queries(house: House, made: Connection) -> None:
    few = _queries(house)
    with scope(workspace=made.workspace):
        for one in ConversationFactory.create_batch(20, connection=made, parts_total=9, parts_held=8):
            MessageFactory(conversation=one)
    assert _queries(house) == few <= MOST_QUERIES


def _queries(house: House) -> int:
    house.ada.get(CARD)
    with CaptureQueriesContext(database) as asked:
        house.ada.get(CARD)
    return len(asked)
