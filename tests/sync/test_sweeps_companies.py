"""Companies that are no more."""

from typing import Any

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection
from sonora.core import clock
from sonora.customers.models import Company
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync
from tests.sync.sweeping import grow_older


def companies(intercom: Sandbox) -> list[dict[str, Any]]:
    return [row for row in intercom.objects() if row["type"] == "company"]


def deleted_companies(connection: Connection) -> set[str]:
    with scope(workspace=connection.workspace_id):
        return set(Company.objects.filter(deleted_at__isnull=False).values_list("external_id", flat=True))


def test_a_company_is_gone_when_two_complete_walks_did_not_meet_it(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    chosen = companies(intercom)[0]["id"]
    intercom.mutate("delete_company", id=chosen)
    grow_older(connection)
    sync(connection)
    assert deleted_companies(connection) == set(), "one walk is not enough"
    grow_older(connection)
    sync(connection)
    assert deleted_companies(connection) == {chosen}
    assert not [key for key in difference(connection, intercom).extra if key[0] == "company"]


def test_a_company_that_comes_back_is_there_again(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    with scope(workspace=connection.workspace_id):
        Company.objects.filter(external_id=companies(intercom)[0]["id"]).update(deleted_at=clock.now())
    sync(connection)
    assert deleted_companies(connection) == set()


@pytest.mark.parametrize("told", [500, 5_000])
def test_a_walk_that_met_fewer_companies_than_are_said_to_be_there_deletes_nothing(
    connection: Connection, intercom: Sandbox, told: int
) -> None:
    sync(connection)
    rows = '[{"type":"company","id":"only","company_id":"x","name":"Only","updated_at":1}]'
    body = f'{{"type":"list","data":{rows},"pages":{{"page":1,"total_pages":1}},"total_count":{told}}}'
    intercom.fail("/companies*", kind="raw", body=body, times=None)
    for _ in range(3):
        grow_older(connection)
        sync(connection)
    assert deleted_companies(connection) == set()
