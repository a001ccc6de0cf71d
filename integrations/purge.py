"""Deletion of what came from a provider, in bounded batches: each commits, so that it can stop and go on anywhere."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from integrations import held_totals
from integrations.models import (
    Connection,
    DeadLetter,
    Pending,
    PermissionCheck,
    RunLine,
    StreamState,
    SyncRun,
)
from integrations.notices.rows import deletion_done
from sonora.canvas.models import LastResult
from sonora.conversations.models import Conversation, Message, Tag, Team, Teammate
from sonora.customers.models import Company
from sonora.insights import forgetting
from sonora.insights.models import KeptCorrection, KeptQuote
from sonora.people import identities
from sonora.people.models import Contact, Person
from sonora.workspaces import audit
from sonora.workspaces.models import AuditEntry
from sonora.workspaces.scoping import scope, scopes_disabled

BATCH = 500  # rows a transaction; what hangs on them goes with them

# Children first, so that no single parent drags an unbounded number of rows into its transaction.
ORDER: tuple[type[Any], ...] = (
    Message,
    Conversation,
    Contact,
    Company,
    Tag,
    Teammate,
    Team,
    Pending,
    DeadLetter,
    RunLine,
    SyncRun,
    StreamState,
    PermissionCheck,
    KeptQuote,
    KeptCorrection,
)

# Messages have no index by connection, and lines of a log no connection.
BY_WAY_OF: Mapping[type[Any], str] = {Message: "conversation__connection", RunLine: "run__connection"}


def due() -> list[int]:
    """The connections whose data is still to be removed, of every workspace: a lost message costs no deletion."""
    with scopes_disabled():
        return list(Connection.objects.filter(setup=Connection.Setup.DELETING).values_list("pk", flat=True))


def run_all(connection_id: int) -> None:
    """Remove everything, in as many batches as it takes."""
    while step(connection_id):
        pass


def step(connection_id: int) -> bool:
    """Remove one batch of a connection that is being deleted; False when nothing is left to do.

    The last step removes the connection itself and notes in the audit trail what went.
    """
    with scopes_disabled():
        connection = Connection.objects.select_related("workspace").filter(pk=connection_id).first()
    if connection is None or connection.setup != Connection.Setup.DELETING:
        return False
    with scope(workspace=connection.workspace):
        for model in ORDER:
            if _remove_batch(model, connection):
                return True
        if forgetting.forget(BATCH):
            return True
        _finish(connection)
    return False


def percent(connection: Connection, *, left: int) -> int:
    """How much of the data that was held when the deletion began is gone, 0 to 100; *left* rows are still here."""
    total = sum(_held_at_start(connection).values())
    return 100 if total == 0 else max(0, min(100, 100 * (total - left) // total))


def _remove_batch(model: type[Any], connection: Connection) -> bool:
    with transaction.atomic():
        rows = model.objects.filter(**{BY_WAY_OF.get(model, "connection"): connection})
        batch = list(rows.order_by().values_list("pk", flat=True)[:BATCH])
        if not batch:
            return False
        remove: Callable[[QuerySet[Any]], None] = _remove_contacts if model is Contact else _remove_rows
        remove(model.objects.filter(pk__in=batch))
    return True


def _remove_rows(rows: QuerySet[Any]) -> None:
    rows.delete()


def _remove_contacts(contacts: QuerySet[Contact]) -> None:
    """The contacts, and the people whom nothing else knows."""
    people = list(contacts.exclude(person=None).values_list("person_id", flat=True))
    contacts.delete()
    known_elsewhere = Q(pk__in=Contact.objects.filter(person__in=people).values("person_id"))
    Person.objects.filter(pk__in=people).exclude(known_elsewhere).delete()
    Person.objects.filter(pk__in=identities.forget_departed(people)).delete()


def _finish(connection: Connection) -> None:
    counts = _held_at_start(connection)
    with transaction.atomic():
        if not Connection.objects.select_for_update().filter(pk=connection.pk).exists():
            return  # another worker was here first
        audit.record(
            "integration.deleted",
            subject=connection.provider,
            detail={"connection": connection.pk, "deleted": counts},
            workspace=connection.workspace_id,
            actor=connection.status_changed_by,
        )
        LastResult.objects.all().delete()  # figures of conversations that are gone
        deletion_done(connection)
        held_totals.forget(connection.pk)
        connection.delete()


def _held_at_start(connection: Connection) -> dict[str, int]:
    """Nothing is written any more once the deletion has begun, so what was held then is what goes."""
    begun = AuditEntry.objects.filter(action="integration.deletion_started", detail__connection=connection.pk)
    entry = begun.order_by("-pk").first()
    return dict(entry.detail.get("held", {})) if entry else {}
