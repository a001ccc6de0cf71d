"""The life of a connection below the pages."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection as database

from integrations import connections
from integrations.intercom.sandbox.control import Sandbox
from integrations.models import Connection, PermissionCheck, StreamState, SyncRun, SyncState
from integrations.providers import Access, provider_named
from integrations.refusals import AlreadyConnected, CheckRefused, NotNow, OtherWorkspace
from integrations.sync.budget.opening import bucket_of
from sonora.core import clock
from sonora.core.encrypted import reencrypt
from sonora.core.secret import SecretStr
from sonora.workspaces.models import AuditEntry, Workspace
from sonora.workspaces.scoping import scope, scopes_disabled
from tests.factories.workspaces import WorkspaceFactory
from tests.integrations.conftest import access, connect, stored_rows

NOW = 1_790_000_000
BY = "ada@a.example"


@pytest.fixture
def workspace(db: None) -> Iterator[Workspace]:
    made = WorkspaceFactory(slug="a")
    with scope(workspace=made), clock.fixed(NOW):
        yield made


@pytest.fixture
def made(workspace: Workspace, intercom: Sandbox) -> Connection:
    return connect(workspace, intercom)


def state_of(connection: Connection) -> SyncState:
    return SyncState.objects.get(connection=connection)


def fresh(connection: Connection) -> Connection:
    return Connection.objects.get(pk=connection.pk)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_connecting_makes_the_sync_due_at_once(made: Connection) -> None:
    state = state_of(made)
    assert (state.next_due, state.generation, made.run, made.setup) == (NOW, 1, "queued", "ok")
    assert actions() == ["integration.connected"]


def test_the_token_is_encrypted_in_the_database_and_in_no_audit_entry(made: Connection, intercom: Sandbox) -> None:
    connections.reconnect(made, access(intercom), by=BY)
    with database.cursor() as cursor:
        cursor.execute("SELECT token FROM integrations_connection")
        (stored,) = cursor.fetchone()
    assert intercom.token not in stored
    assert reencrypt(stored)
    for entry in AuditEntry.objects.all():
        assert intercom.token not in f"{entry.detail} {entry.subject}"


def test_a_refused_check_stores_nothing(workspace: Workspace, intercom: Sandbox) -> None:
    intercom.settings(revoked="token_revoked")
    with pytest.raises(CheckRefused) as refused:
        connect(workspace, intercom)
    assert refused.value.a_person_can_correct_it
    assert (stored_rows(), actions()) == (0, [])


class TheOtherClick:
    """The provider, while whose check somebody else connects the same workspace."""

    def __init__(self, workspace: Workspace, intercom: Sandbox) -> None:
        self.real = provider_named("intercom")
        self.workspace, self.intercom = workspace, intercom

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def check(self, *asked: Any, **more: Any) -> Any:
        connect(self.workspace, self.intercom)
        return self.real.check(*asked, **more)


def test_of_two_that_connect_at_the_same_moment_one_is_told_that_it_is_connected(
    workspace: Workspace, intercom: Sandbox
) -> None:
    late: Any = TheOtherClick(workspace, intercom)
    with pytest.raises(AlreadyConnected):
        connections.connect(
            workspace, late, access(intercom), lookback_days=1, interval=900, show_internal_notes=True, by="late"
        )
    assert Connection.objects.get().token_set_by == BY
    assert (SyncState.objects.count(), PermissionCheck.objects.count()) == (1, 5)


def test_reconnecting_fences_off_work_under_the_old_token(made: Connection, intercom: Sandbox) -> None:
    SyncState.objects.filter(connection=made).update(
        watermark=5, contacts_cursor="x", fence=7, lease_until=NOW + 60, lease_owner="worker", next_due=NOW + 900
    )
    Connection.objects.filter(pk=made.pk).update(setup="token_invalid", failed_slices=3, last_error="x")
    StreamState.objects.create(workspace=made.workspace, connection=made, stream="tags", off_reason="missing")
    again = connections.reconnect(made, access(intercom), by=BY)
    state = state_of(made)
    assert (again.generation, state.generation, state.fence, state.lease_until) == (2, 2, 8, None)
    assert (state.watermark, state.contacts_cursor, state.next_due) == (5, "x", NOW)
    assert (again.setup, again.failed_slices, again.last_error, again.lookback_days) == ("ok", 0, "", 90)
    assert StreamState.objects.get(connection=made).off_reason == ""
    assert actions()[-1] == "integration.token_changed"


def test_a_token_of_another_workspace_changes_nothing(made: Connection, intercom: Sandbox) -> None:
    Connection.objects.filter(pk=made.pk).update(app_id="another", app_name="Fabrikam")
    with pytest.raises(OtherWorkspace, match="This token belongs to Northwind, not Fabrikam"):
        connections.reconnect(fresh(made), access(intercom), by=BY)
    assert (fresh(made).generation, actions()) == (1, ["integration.connected"])


def test_one_token_in_two_workspaces_is_two_connections_within_one_limit(made: Connection, intercom: Sandbox) -> None:
    with scopes_disabled():
        other = WorkspaceFactory(slug="other")
    with scope(workspace=other):
        twin = connect(other, intercom)
        assert list(Connection.objects.all()) == [twin]
    with scope(workspace=made.workspace):
        assert list(Connection.objects.all()) == [made]
    assert bucket_of(made) == bucket_of(twin)
    assert bucket_of(Connection(pk=twin.pk, region=twin.region, app_id="another")) != bucket_of(made)


def test_a_disconnected_workspace_is_taken_up_again_by_connecting(made: Connection, intercom: Sandbox) -> None:
    connections.disconnect(made, by=BY, delete=False)
    again = connect(made.workspace, intercom, lookback_days=30)
    assert (again.pk, again.setup, again.lookback_days) == (made.pk, "ok", 30)
    assert fresh(made).token is not None


def test_disconnecting_erases_the_token_at_once_and_keeps_the_data(made: Connection) -> None:
    SyncState.objects.filter(connection=made).update(fence=3, lease_until=NOW + 60)
    run = SyncRun.objects.create(workspace=made.workspace, connection=made, kind="scheduled", started_at=NOW)
    connections.disconnect(made, by=BY, delete=False)
    after, state = fresh(made), state_of(made)
    assert (after.token, after.token_last4, after.setup, after.generation) == (None, "", "disconnected", 2)
    assert (state.next_due, state.generation, state.fence, state.lease_until) == (None, 2, 4, None)
    run.refresh_from_db()
    assert run.result == "cancelled"
    assert actions()[-1] == "integration.disconnected"


def test_two_clicks_on_sync_now_are_one_request(made: Connection) -> None:
    SyncState.objects.filter(connection=made).update(next_due=NOW + 900, dispatched_at=NOW)
    connections.sync_now(made, by=BY)
    with clock.fixed(NOW + 3):
        connections.sync_now(made, by="ben@a.example")
    state = state_of(made)
    assert (state.now_requested_at, state.now_requested_by, state.next_due) == (NOW, BY, NOW + 3)
    assert state.dispatched_at is None
    assert actions().count("integration.sync_requested") == 1


@pytest.mark.parametrize("fields", [{"setup": "token_invalid"}, {"run": "paused_by_person"}])
def test_what_cannot_sync_says_so(made: Connection, fields: dict[str, str]) -> None:
    Connection.objects.filter(pk=made.pk).update(**fields)
    with pytest.raises(NotNow):
        connections.sync_now(made, by=BY)
    assert state_of(made).now_requested_at is None


def test_pausing_takes_the_lease_away_and_resuming_makes_it_due(made: Connection) -> None:
    SyncState.objects.filter(connection=made).update(fence=3, lease_until=NOW + 60, lease_owner="worker")
    connections.pause(made, by=BY)
    state = state_of(made)
    assert (state.next_due, state.fence, state.lease_until, fresh(made).run) == (None, 4, None, "paused_by_person")
    connections.resume(made, by=BY)
    assert (state_of(made).next_due, fresh(made).run) == (NOW, "queued")
    assert actions()[-2:] == ["integration.paused", "integration.resumed"]


DAY = 86_400


@pytest.mark.parametrize(
    ("before", "days", "after"),
    [
        ({"closed_done": True, "closed_edge": NOW - 90 * DAY}, 180, {"closed_done": False}),
        ({"closed_done": True, "closed_edge": NOW - 90 * DAY}, None, {"closed_done": False}),
        ({"closed_done": True, "closed_edge": NOW - 90 * DAY}, 30, {"closed_done": True}),
        ({"closed_done": True, "closed_edge": None}, 30, {"closed_done": True}),
        (
            {"closed_done": False, "closed_frontier": NOW - 50 * DAY},
            30,
            {"closed_done": True, "closed_edge": NOW - 30 * DAY, "narrowed_to": NOW - 30 * DAY},
        ),
        ({"closed_done": False, "closed_frontier": NOW - 50 * DAY}, 365, {"closed_done": False}),
    ],
)
def test_a_wider_lookback_reads_on_where_the_last_one_ended(
    made: Connection, before: dict[str, Any], days: int | None, after: dict[str, Any]
) -> None:
    SyncState.objects.filter(connection=made).update(backfill_start=NOW, closed_edge=None, next_due=NOW + 900)
    SyncState.objects.filter(connection=made).update(**before)
    connections.change_settings(made, lookback_days=days, interval=900, show_internal_notes=True, by=BY)
    state = state_of(made)
    assert {name: getattr(state, name) for name in after} == after
    assert state.next_due == NOW


def test_the_audit_tells_which_setting_changed_from_what_to_what(made: Connection) -> None:
    connections.change_settings(made, lookback_days=30, interval=300, show_internal_notes=True, by=BY)
    detail = AuditEntry.objects.order_by("-pk")[0].detail
    assert (detail["before"]["lookback_days"], detail["after"]["lookback_days"]) == (90, 30)
    connections.change_settings(made, lookback_days=30, interval=300, show_internal_notes=True, by=BY)
    assert actions().count("integration.settings_changed") == 1


def test_checking_again_finds_that_the_token_was_revoked_and_that_it_is_back(
    made: Connection, intercom: Sandbox
) -> None:
    intercom.settings(revoked="token_revoked")
    assert connections.recheck(fresh(made), by=BY).outcome == "refused"
    assert fresh(made).setup == "token_invalid"
    intercom.clear()
    connections.recheck(fresh(made), by=BY)
    assert fresh(made).setup == "ok"
    assert PermissionCheck.objects.filter(connection=made, verdict="allowed").count() >= 4


def test_trouble_while_checking_again_forgets_nothing(made: Connection, intercom: Sandbox) -> None:
    intercom.fail("*", kind="status", status=503, times=None)
    assert connections.recheck(fresh(made), by=BY).outcome == "unreachable"
    assert (fresh(made).setup, PermissionCheck.objects.filter(verdict="allowed").count()) == ("ok", 5)


def test_a_token_that_cannot_be_decrypted_asks_for_another(made: Connection, settings: Any) -> None:
    from cryptography.fernet import Fernet

    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(NotNow, match="can't read the stored token"):
        connections.recheck(fresh(made), by=BY)
    assert fresh(made).setup == "credentials_unreadable"


def test_an_address_that_is_not_allowed_any_more_says_so(made: Connection, settings: Any) -> None:
    settings.INTERCOM_EXTRA_BASE_URLS = []
    with pytest.raises(NotNow, match="Use one of Intercom's API addresses"):
        connections.recheck(fresh(made), by=BY)


def test_a_broker_that_is_away_does_not_matter(
    made: Connection, settings: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from integrations import tasks

    def away(_connection_id: int) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks, "wake", away)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        connections.sync_now(made, by=BY)
    assert len(callbacks) == 1
    assert state_of(made).now_requested_at == NOW


def test_a_token_is_never_shown_by_the_values_around_it(intercom: Sandbox) -> None:
    opened = Access(token=SecretStr(intercom.token), base_url=intercom.url)
    assert intercom.token not in repr(opened)
