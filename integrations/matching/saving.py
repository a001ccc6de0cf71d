"""Other rules of matching: stored, audited, and applied to all companies that no person decided about."""

from django.db import transaction
from django.http import HttpRequest

from integrations.matching.forms import facts
from integrations.models import Connection
from sonora.conversations import following
from sonora.customers import matches
from sonora.customers.models import Company, MatchingRules
from sonora.workspaces import audit


def save(connection: Connection, wanted: MatchingRules, *, by: str, request: HttpRequest | None = None) -> bool:
    """Let *wanted* hold for *connection*. Returns whether all companies follow already.

    Many companies follow by their ids at once; their names are looked at by the sync, a piece at a time.
    """
    with transaction.atomic():
        before = MatchingRules.objects.select_for_update().filter(connection=connection).first()
        told = facts(before or MatchingRules(workspace_id=connection.workspace_id, connection=connection))
        values = facts(wanted)
        MatchingRules.objects.update_or_create(
            connection=connection, defaults={"workspace_id": connection.workspace_id, **values}
        )
        audit.record(
            "matching.rules_changed",
            subject=connection.provider,
            detail={"before": told, "after": values},
            request=request,
            workspace=connection.workspace_id,
            actor=by,
        )
    return _apply(connection)


def _apply(connection: Connection) -> bool:
    """Matching by ID makes all names due."""
    if Company.objects.filter(connection=connection).present().count() <= matches.AT_ONCE:
        following.match(connection.workspace_id)
        return True
    following.match_ids(connection.workspace_id)
    return False
