"""Companies: by the list, by the scroll above 10,000, and never taken for read when they are not."""

import pytest

from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, StreamState, SyncRun
from integrations.sync import companies
from sonora.customers.models import Company
from sonora.workspaces.scoping import scope
from tests.sync.conftest import difference, sync


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
        assert "Another tool" in SyncRun.objects.get().issues[-1]


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
