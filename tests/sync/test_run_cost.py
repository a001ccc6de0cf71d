"""How many requests a run costs: what did not change costs none of its own."""

import time
from math import ceil

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, SyncState
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync

CHANGED = 50


@pytest.fixture
def synced(connection: Connection, intercom: Sandbox) -> Connection:
    sync(connection)
    intercom.reset_log()
    return connection


def run_as_scheduled(connection: Connection) -> None:
    with scope(workspace=connection.workspace_id):
        SyncState.objects.filter(connection=connection).update(run_due=0)
    sync(connection, now=False)


def test_a_run_without_changes_costs_four_requests(synced: Connection, intercom: Sandbox) -> None:
    run_as_scheduled(synced)
    assert intercom.log()["total"] <= 4
    assert intercom.counts()["POST /conversations/search"] >= 1


def test_a_run_at_once_without_changes_costs_nine_and_the_companies(synced: Connection, intercom: Sandbox) -> None:
    sync(synced)
    companies = sum(row["type"] == "company" for row in intercom.objects())
    assert intercom.log()["total"] <= 9 + ceil(companies / 60)


def test_each_change_costs_one_request_and_the_searches(synced: Connection, intercom: Sandbox) -> None:
    now = int(time.time())
    rows = [row for row in intercom.objects() if row["type"] == "conversation" and row["parts_held"] < 400]
    settled = [row for row in rows if row["updated_at"] < now - 700][:CHANGED]
    assert len(settled) == CHANGED
    for number, row in enumerate(settled):
        intercom.mutate("reply", id=row["id"], text="One more.", at=now - 60 - 10 * number)
    run_as_scheduled(synced)
    assert not difference(synced, intercom)
    assert intercom.log()["total"] <= CHANGED + 2.5 * ceil(CHANGED / 150) + 12
    intercom.reset_log()
    run_as_scheduled(synced)
    assert intercom.log()["total"] <= 4
