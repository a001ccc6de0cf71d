"""The life of a connection: made, given another token, ended. Each step is one transaction with one audit entry."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from integrations import live, permissions, rechecks, tally
from integrations.changes import due_now, freed, locked, record, state_of, wake
from integrations.checks import CheckResult
from integrations.controls import change_settings, let_go, pause, rename, resume, sync_now
from integrations.models import Connection, SyncRun, SyncState
from integrations.providers import Access, Provider, provider_named
from integrations.rechecks import recheck
from integrations.refusals import AlreadyConnected, CheckRefused, NotNow, OtherWorkspace
from sonora.core import clock
from sonora.workspaces.models import Workspace

__all__ = [
    "change_settings",
    "connect",
    "disconnect",
    "let_go",
    "of",
    "pause",
    "recheck",
    "reconnect",
    "rename",
    "resume",
    "sync_now",
    "use_region",
]


def of(workspace: Workspace, provider: str) -> Connection | None:
    """The connection of *workspace* to the provider called *provider*, also one that was disconnected; or None."""
    return Connection.objects.filter(workspace=workspace, provider=provider).select_related("state", "rules").first()


def connect(
    workspace: Workspace,
    provider: Provider,
    access: Access,
    *,
    lookback_days: int | None,
    interval: int,
    show_internal_notes: bool,
    analyse_sentiment: bool = True,
    analyse_requests: bool = True,
    by: str,
    request: HttpRequest | None = None,
    keep_base_url: bool = False,
) -> Connection:
    """Check *access* with the provider, then store it and start the first sync.

    *lookback_days* None means all closed conversations, 0 none; *interval* is in seconds; *by* is the e-mail of who
    connects ("" for the command line); *keep_base_url* accepts an address of another region. A connection that was
    disconnected, or that stopped until somebody acts, is taken up again. Raises CheckRefused, AlreadyConnected,
    OtherWorkspace or NotNow, and then nothing is stored.
    """
    before = of(workspace, provider.name)
    if before is not None and before.setup == Connection.Setup.OK:
        raise AlreadyConnected(before, provider.title)
    if before is not None:
        connection = reconnect(before, access, by=by, request=request, keep_base_url=keep_base_url)
        return change_settings(
            connection,
            lookback_days=lookback_days,
            interval=interval,
            show_internal_notes=show_internal_notes,
            analyse_sentiment=analyse_sentiment,
            analyse_requests=analyse_requests,
            by=by,
            request=request,
        )
    result = _checked(provider, access, keep_base_url=keep_base_url)
    connection = Connection(
        workspace=workspace,
        provider=provider.name,
        lookback_days=lookback_days,
        interval=interval,
        show_internal_notes=show_internal_notes,
        analyse_sentiment=analyse_sentiment,
        analyse_requests=analyse_requests,
        created_at=clock.now(),
    )
    _take(connection, provider, access, result, by=by)
    return _store(connection, provider, result, by=by, request=request)


def _checked(provider: Provider, access: Access, *, keep_base_url: bool) -> CheckResult:
    result = live.check(provider, access)
    kept = keep_base_url and result.outcome == "region_differs" and not permissions.necessary_are_missing(result)
    if not (result.may_save or kept):
        raise CheckRefused(result)
    return result


def _take(connection: Connection, provider: Provider, access: Access, result: CheckResult, *, by: str) -> None:
    connection.token = access.token
    connection.token_last4 = access.token.reveal()[-4:]
    connection.token_set_by, connection.token_set_at = by, clock.now()
    connection.base_url = access.base_url
    connection.region = result.region or provider.region_of(access.base_url)
    connection.app_id = result.identity.app_id[:64] or connection.app_id
    connection.app_name = result.identity.app_name[:255] or connection.app_name
    connection.app_time_zone = result.identity.time_zone[:60] or connection.app_time_zone
    connection.setup, connection.run = Connection.Setup.OK, Connection.Run.QUEUED
    connection.status_changed_at, connection.status_changed_by = clock.now(), by
    connection.run_until = None
    connection.failed_slices, connection.failing_since, connection.last_error = 0, None, ""


def _store(
    connection: Connection, provider: Provider, result: CheckResult, *, by: str, request: HttpRequest | None
) -> Connection:
    try:
        with transaction.atomic():
            connection.save()
            SyncState.objects.create(
                workspace_id=connection.workspace_id,
                connection=connection,
                generation=connection.generation,
                next_due=clock.now(),
            )
            permissions.remember(connection, result)
            record("connected", connection, by=by, request=request, **_facts(connection))
            wake(connection)
    except IntegrityError:
        first = of(connection.workspace, provider.name)
        if first is None:
            raise
        raise AlreadyConnected(first, provider.title) from None  # the other click of a double click was first
    return connection


def reconnect(
    connection: Connection,
    access: Access,
    *,
    by: str,
    request: HttpRequest | None = None,
    keep_base_url: bool = False,
) -> Connection:
    """Give *connection* another token or address; data, lookback and how far the sync has come stay.

    Work under the old token is fenced off. Raises CheckRefused, OtherWorkspace or NotNow; then nothing has changed.
    """
    provider = provider_named(connection.provider)
    if connection.setup == Connection.Setup.DELETING:
        raise NotNow(f"{provider.title} data is still being removed. Connect again when that is done.")
    result = _checked(provider, access, keep_base_url=keep_base_url)
    with locked(connection) as fresh:
        _same_workspace(fresh, result)
        before = _facts(fresh)
        _take(fresh, provider, access, result, by=by)
        fresh.generation += 1
        fresh.save()
        state_of(fresh).update(**freed(), generation=fresh.generation)
        permissions.remember(fresh, result)
        record("token_changed", fresh, by=by, request=request, before=before, after=_facts(fresh))
        due_now(fresh)
    return fresh


def _same_workspace(connection: Connection, result: CheckResult) -> None:
    new = result.identity
    if connection.app_id and new.app_id and connection.app_id != new.app_id:
        other, mine = new.app_name or new.app_id, connection.app_name or connection.app_id
        raise OtherWorkspace(f"This token belongs to {other}, not {mine}.", field="token", result=result)


def use_region(connection: Connection, *, by: str, request: HttpRequest | None = None) -> Connection:
    """Send the stored token to the address of the region that the provider tells, from now on.

    Raises NotNow when the address is the right one, and what `reconnect` raises.
    """
    access = rechecks.stored_access(connection)
    found = live.check(provider_named(connection.provider), access)
    if not found.right_base_url:
        raise NotNow(found.sentence)
    return reconnect(connection, replace(access, base_url=found.right_base_url), by=by, request=request)


def disconnect(connection: Connection, *, by: str, delete: bool, request: HttpRequest | None = None) -> None:
    """Erase the token and stop at once. With *delete* all data of the provider goes too, as background work.

    Raises NotNow when the data is being deleted already.
    """
    with locked(connection) as fresh:
        if fresh.setup == Connection.Setup.DELETING:
            raise NotNow("The data is being removed already.")
        now = clock.now()
        fresh.setup = Connection.Setup.DELETING if delete else Connection.Setup.DISCONNECTED
        fresh.run, fresh.run_until = Connection.Run.IDLE, None
        fresh.token, fresh.token_last4 = None, ""
        fresh.generation += 1
        fresh.status_changed_at, fresh.status_changed_by = now, by
        fresh.save()
        state_of(fresh).update(
            **freed(), generation=fresh.generation, next_due=None, dispatched_at=None, now_requested_at=None
        )
        SyncRun.objects.filter(connection=fresh, result=SyncRun.Result.RUNNING).update(
            result=SyncRun.Result.CANCELLED, finished_at=now
        )
        counts = {"held": tally.rows_of(fresh)} if delete else {}
        record("deletion_started" if delete else "disconnected", fresh, by=by, request=request, **counts)
        if delete:
            transaction.on_commit(lambda: _publish_purge(connection.pk), robust=True)


def _facts(connection: Connection) -> dict[str, object]:
    return {
        "app": connection.app_id,
        "region": connection.region,
        "base_url": connection.base_url,
        "token_last4": connection.token_last4,
    }


def _publish_purge(connection_id: int) -> None:
    from integrations import tasks  # the tasks reach this module

    tasks.wake(connection_id)
