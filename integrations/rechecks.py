"""Checking the stored token again: what it opens now, and what that means for the connection."""

from django.http import HttpRequest

from integrations import live, permissions
from integrations.changes import due_now, freed, locked, record, state_of
from integrations.checks import CheckResult, NotUsable
from integrations.models import Connection
from integrations.providers import Access, provider_named
from integrations.refusals import NotNow
from sonora.core.encrypted import CredentialsUnreadable
from sonora.core.secret import SecretStr

Setup = Connection.Setup


def recheck(connection: Connection, *, by: str, request: HttpRequest | None = None) -> CheckResult:
    """Check the stored token again and keep what was found. Raises NotNow when there is no token that can be read."""
    provider = provider_named(connection.provider)
    try:
        result = live.check(provider, stored_access(connection))
    except NotUsable as refused:  # the address is not among the allowed ones any more
        raise NotNow(refused.user_message) from None
    with locked(connection) as fresh:
        if fresh.generation != connection.generation:
            return result  # the token has been changed meanwhile
        if result.outcome in ("ready", "limited", "refused"):
            permissions.remember(fresh, result)
        _judge(fresh, result)
        record("checked", fresh, by=by, request=request, outcome=result.outcome)
    return result


def stored_access(connection: Connection) -> Access:
    """What opens the provider's door with the stored token. Raises NotNow as `stored_token` does."""
    return Access(
        token=stored_token(connection),
        base_url=connection.base_url,
        app_id=connection.app_id,
        region=connection.region,
    )


def stored_token(connection: Connection) -> SecretStr:
    """The token of *connection*. Raises NotNow when there is none, or none that can be read."""
    try:
        token: SecretStr | None = connection.token
    except CredentialsUnreadable:
        Connection.objects.filter(pk=connection.pk).update(setup=Setup.CREDENTIALS_UNREADABLE)
        raise NotNow("Sonora can't read the stored token. Paste the token again.") from None
    if token is None:
        raise NotNow("There is no token any more. Connect again.")
    return token


def _judge(connection: Connection, result: CheckResult) -> None:
    """Stop what reads with a token or an address that is wrong, and let go on what was stopped and is right."""
    setup = _setup(connection, result)
    if setup == connection.setup:
        return
    connection.setup = setup
    if setup == Setup.WRONG_REGION:
        connection.region = result.region
    connection.save(update_fields=["setup", "region"])
    if setup == Setup.OK:
        due_now(connection)
    else:
        state_of(connection).update(**freed(), next_due=None, dispatched_at=None)


def _setup(connection: Connection, result: CheckResult) -> str:
    told = result.identity.app_id
    if _is_dead(result):
        return Setup.TOKEN_INVALID
    if told and connection.app_id and told != connection.app_id:
        return Setup.WORKSPACE_MISMATCH
    if result.outcome == "region_differs":
        return Setup.OK if _was_kept(connection, result) else Setup.WRONG_REGION
    if result.outcome == "version_refused":
        return Setup.VERSION_REFUSED
    return Setup.OK if result.may_save else connection.setup


def _is_dead(result: CheckResult) -> bool:
    """Whether nothing at all could be read: a token that merely lacks permissions is a good one."""
    return result.outcome == "refused" and not any(row.verdict in ("allowed", "empty") for row in result.rows)


def _was_kept(connection: Connection, result: CheckResult) -> bool:
    """Whether somebody was told of the other region when the token was saved, and kept the address all the same."""
    return connection.setup == Setup.OK and connection.region == result.region
