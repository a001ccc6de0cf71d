"""Companies: by the list, by the scroll above 10,000, and never taken for read when they are not."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, StreamState, SyncRun
from integrations.sync import companies
from sonora.customers.models import Company
from sonora.workspaces.models import Workspace
from sonora.workspaces.scoping import scope
from tests.sync.conftest import connected, difference, sync
from tests.sync.sweeping import grow_older


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More companies than the list is trusted with."""
    monkeypatch.setattr(companies, "LIST_MOST", 3)


def walked(connection: Connection) -> bool:
    return StreamState.objects.filter(connection=connection, stream="companies", walked_at__isnull=False).exists()


@pytest.mark.usefixtures("many")
def test_above_what_the_list_holds_the_scroll_has_them_all(connection: Connection, intercom: Sandbox) -> None:
    sync(connection)
    assert intercom.counts()["GET /companies/scroll"] >= 2
    assert not difference(connection, intercom)


@pytest.mark.usefixtures("many")
def test_a_scroll_that_expires_begins_again(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/companies/scroll", kind="status", status=404, code="not_found", times=1, skip=1)
    sync(connection)
    assert not difference(connection, intercom)
    with scope(workspace=connection.workspace_id):
        assert walked(connection)


@pytest.mark.usefixtures("many")
def test_a_scroll_that_always_expires_is_not_taken_for_done(connection: Connection, intercom: Sandbox) -> None:
    intercom.fail("/companies/scroll", kind="status", status=404, code="not_found", times=None, skip=1)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert not walked(connection)
        assert "cut off" in SyncRun.objects.get().issues[-1]
        before = Company.objects.present().count()
    intercom.clear()
    sync(connection, now=True)
    assert not difference(connection, intercom)
    with scope(workspace=connection.workspace_id):
        assert Company.objects.present().count() >= before


@pytest.mark.usefixtures("many")
def test_another_scroll_that_is_open_puts_the_walk_off_and_nothing_else(
    connection: Connection, intercom: Sandbox
) -> None:
    intercom.fail("/companies/scroll", kind="status", status=400, code="scroll_exists", times=None)
    sync(connection)
    assert {key[0] for key in difference(connection, intercom).missing} == {"company"}
    assert intercom.counts()["GET /companies/scroll"] == 1
    with scope(workspace=connection.workspace_id):
        assert not walked(connection)
        assert "open already" in SyncRun.objects.get().issues[-1]


@pytest.mark.usefixtures("many")
def test_a_scroll_that_repeats_itself_ends(connection: Connection, intercom: Sandbox) -> None:
    body = (
        '{"type":"list","data":[{"type":"company","id":"5f0000000000000000000001","name":"Again"}],"scroll_param":"x"}'
    )
    intercom.fail("/companies/scroll", kind="raw", body=body, times=None)
    sync(connection)
    with scope(workspace=connection.workspace_id):
        assert not walked(connection)
        assert "over and over" in SyncRun.objects.get().issues[-1]
    assert intercom.counts()["GET /companies/scroll"] <= 5


@pytest.fixture
def crowd() -> Iterator[Sandbox]:
    """More companies than this Intercom lists: it has 215, its list ends at 100, its scroll gives 100 at a time."""
    with Sandbox(conversations=2, contacts=400, companies=215, seed=7) as sandbox:
        sandbox.settings(companies_listed_most=100)
        yield sandbox


@pytest.fixture
def crowded(workspace: Workspace, crowd: Sandbox, settings: Any) -> Connection:
    settings.INTERCOM_EXTRA_BASE_URLS = [crowd.url]
    return connected(workspace, crowd)


def ask(crowd: Sandbox, method: str, path: str) -> Any:
    """What another tool would be answered."""
    headers = {"Authorization": f"Bearer {crowd.token}", "Accept": "application/json", "Intercom-Version": "2.16"}
    return httpx.request(method, crowd.url + path, headers=headers, json={}, trust_env=False).json()


def listed(crowd: Sandbox) -> int:
    total: int = ask(crowd, "POST", "/companies/list")["total_count"]
    return total


def held(connection: Connection) -> int:
    with scope(workspace=connection.workspace_id):
        return Company.objects.present().count()


def test_where_the_list_ends_the_scroll_begins_and_has_them_all(crowded: Connection, crowd: Sandbox) -> None:
    sync(crowded)
    assert held(crowded) == listed(crowd) > 200
    with scope(workspace=crowded.workspace_id):
        stream = StreamState.objects.get(stream="companies")
        assert stream.said == listed(crowd)
        assert stream.whole_at is not None
        assert SyncRun.objects.get().issues == []


def test_a_scroll_that_rested_too_long_begins_again_and_what_it_met_before_is_no_circle(
    crowded: Connection, crowd: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(companies, "STANDSTILL", 2)
    crowd.after(3, {"op": "expire_scroll"}, path="/companies/scroll")
    sync(crowded)
    assert 404 in [one["status"] for one in crowd.requests() if one["path"] == "/companies/scroll"]
    assert held(crowded) == listed(crowd)
    with scope(workspace=crowded.workspace_id):
        assert walked(crowded)


def test_while_somebody_else_scrolls_nothing_is_lost_and_the_next_run_has_them(
    crowded: Connection, crowd: Sandbox
) -> None:
    sync(crowded)
    theirs = ask(crowd, "GET", "/companies/scroll")["scroll_param"]
    crowd.reset_log()
    sync(crowded)
    assert crowd.counts()["GET /companies/scroll"] == 1
    assert held(crowded) == listed(crowd)
    with scope(workspace=crowded.workspace_id):
        assert "open already" in SyncRun.objects.order_by("-pk")[0].issues[-1]
    while ask(crowd, "GET", f"/companies/scroll?scroll_param={theirs}")["data"]:
        pass
    sync(crowded)
    with scope(workspace=crowded.workspace_id):
        assert SyncRun.objects.order_by("-pk")[0].issues == []


def test_a_page_that_fails_deletes_nothing(crowded: Connection, crowd: Sandbox) -> None:
    sync(crowded)
    for _ in range(3):
        crowd.fail("/companies/scroll", kind="status", status=400, code="client_error", times=None, skip=1)
        grow_older(crowded)
        sync(crowded)
    with scope(workspace=crowded.workspace_id):
        assert not Company.objects.filter(deleted_at__isnull=False).exists()


def test_a_scroll_that_ends_too_early_deletes_nothing(crowded: Connection, crowd: Sandbox) -> None:
    sync(crowded)
    before = held(crowded)
    for _ in range(3):
        grow_older(crowded)
        crowd.fail("/companies/scroll", kind="patch", set={"data": []}, skip=2)  # the last page, which holds few
        sync(crowded)
        crowd.mutate("expire_scroll")
    assert held(crowded) == before
