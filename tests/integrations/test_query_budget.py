"""No page of the card asks the database more than twelve questions, whatever state the connection is in."""

from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Beat, Connection, DeadLetter, Pending, RunLine, StreamState, SyncRun, SyncState
from integrations.sync import beat
from sonora.core import clock
from sonora.customers import queue
from sonora.customers.models import Change, Company, Decision, Match
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import scope
from tests.factories.conversations import ConversationFactory, MessageFactory, TagFactory
from tests.factories.customers import CompanyFactory, CustomerFactory
from tests.factories.integrations import NOW
from tests.factories.people import ContactFactory
from tests.integrations.conftest import CARD, House, connect

MOST = 12
PAGES = {
    "overview": CARD,
    "progress": f"{CARD}/progress",
    "runs": f"{CARD}/runs",
    "run": f"{CARD}/runs/{{run}}",
    "settings": f"{CARD}/settings",
    "unreadable": f"{CARD}/unreadable",
    "missing": f"{CARD}/missing",
    "troubleshooting": f"{CARD}/troubleshooting",
    "disconnect": f"{CARD}/disconnect",
    **{f"matching, {tab}": f"{CARD}/matching?tab={tab}&q=c" for tab in queue.TABS},
    "matching history": f"{CARD}/matching/history",
    "matching why": f"{CARD}/matching/why?q=c",
    "matching rules": f"{CARD}/matching/rules",
    "matching company": f"{CARD}/matching/companies/{{company}}?q=c",
    "catalogue": "/settings/integrations",
    "notices": "/settings/notices",
}
STATES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {  # columns of the connection, and of its sync
    "healthy": ({"run": "idle"}, {"initial_done_at": NOW, "open_done": True, "closed_done": True}),
    "first sync": ({"run": "initial", "lookback_days": 90}, {"closed_frontier": NOW - 1_000}),
    "reading again": ({"run": "idle"}, {"initial_done_at": NOW, "open_done": True, "resync_owed": ["conversations"]}),
    "deleting": ({"setup": "deleting"}, {"initial_done_at": NOW, "open_done": True, "closed_done": True}),
}


@pytest.fixture
def made(house: House, intercom: Sandbox) -> Connection:
    """A connection with some of everything that a page may speak of."""
    with scope(workspace=house.workspace):
        found = connect(house.workspace, intercom)
        owner = {"workspace": found.workspace, "connection": found}
        Beat.objects.create(pk=beat.THE_ONE, ticked_at=clock.now() - 500)
        StreamState.objects.bulk_create(
            StreamState(**owner, stream=stream, said=said, said_at=NOW)
            for stream, said in [("conversations", 9), ("closed", 9), ("contacts", 4), ("tags", 3), ("companies", 2)]
        )
        _objects(found)
        _objects(found)
        for kind in ("initial", "scheduled", "manual"):
            run = SyncRun.objects.create(**owner, kind=kind, result="succeeded", started_at=NOW, finished_at=NOW + 60)
            for _ in range(3):
                RunLine.objects.create(workspace=found.workspace, run=run, at=NOW, level="info", text="Read.")
        AuditEntry.objects.create(
            workspace=found.workspace,
            action="integration.deletion_started",
            subject="intercom",
            at=NOW,
            detail={"connection": found.pk, "held": {"messages": 90}},
        )
        return found


def _objects(connection: Connection) -> None:
    owner = {"workspace": connection.workspace, "connection": connection}
    states = Match.State.values
    many = ConversationFactory.create_batch(len(states), connection=connection, parts_total=9, parts_held=2)
    for one, state in zip(many, states, strict=True):
        MessageFactory.create_batch(2, conversation=one)
        names = [("messages", f"{one.external_id}:1"), ("conversations", f"odd-{one.pk}"), ("contacts", f"p{one.pk}")]
        for stream, name in names:
            DeadLetter.objects.create(**owner, stream=stream, external_id=name, error="x", first_at=NOW, last_at=NOW)
        Pending.objects.create(**owner, external_id=f"new-{one.pk}", seen_updated_at=NOW)
        company = CompanyFactory(connection=connection)
        _matched(company, state)
    TagFactory.create_batch(2, connection=connection)
    ContactFactory.create_batch(2, connection=connection)


def _matched(company: Company, state: str) -> None:
    """A match in *state*, and a decision about the company."""
    owner = {"workspace": company.workspace}
    customer = None if state in ("unmatched", "conflict") else CustomerFactory(workspace=company.workspace)
    Match.objects.create(**owner, company=company, customer=customer, state=state, method="name", decided_at=NOW)
    decision = Decision.objects.create(**owner, kind="ignore", by="ada@a.example", at=NOW)
    Change.objects.create(**owner, decision=decision, company=company, before={}, after={})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_twelve_questions_at_most_and_more_rows_ask_no_more(
    house: House, made: Connection, page: str, state: str
) -> None:
    address = _in_state(made, state, PAGES[page])
    few = _questions(house, address)
    with scope(workspace=made.workspace):
        _objects(made)
    assert _questions(house, address) <= few <= MOST


def _in_state(made: Connection, state: str, page: str) -> str:
    of_connection, of_sync = STATES[state]
    with scope(workspace=made.workspace):
        Connection.objects.update(**of_connection)
        SyncState.objects.update(backfill_start=NOW, watermark=NOW, suspects={"contacts": 40}, **of_sync)
        run = SyncRun.objects.first().pk  # type: ignore[union-attr]
        SyncState.objects.update(resync_run=run if state == "reading again" else None)
        return page.format(run=run, company=Company.objects.first().pk)  # type: ignore[union-attr]


def _questions(house: House, address: str) -> int:
    house.ada.get(address)  # what is kept in memory from then on is no question of the page
    with CaptureQueriesContext(database) as asked:
        assert house.ada.get(address).status_code == 200
    return len(asked)
