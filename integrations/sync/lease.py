"""One worker at a time works on a connection, and the database refuses whoever lost the right to.

The lease alone cannot promise that: a process may sleep through its end and wake up later. So every transaction begins
by moving the lease on under the number that was handed out with it (the fence); a later holder has a higher number, and
the sleeper's transaction touches no row and is rolled back with all that it wanted to write.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from integrations.models import Connection, SyncState
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled

STATE_VERSION = 1  # raised when the meaning of a column of SyncState changes: older code then leaves the row alone

PAUSED = (Connection.Run.PAUSED_BY_PERSON, Connection.Run.PAUSED_AFTER_FAILURES)


class LeaseLost(Exception):
    """Somebody else works on this connection now, or its token was changed, or it is gone. Nothing was written."""


@dataclass(slots=True)
class Lease:
    """The right to work on one connection. `state` and `connection` are as they were when it was claimed."""

    connection: Connection
    state: SyncState
    renewed: float = field(default_factory=time.monotonic)

    def keep(self) -> None:
        """Renew the lease if a good part of it has passed without a write: requests alone may take long."""
        if time.monotonic() - self.renewed > settings.SYNC_LEASE_SECONDS / 3:
            with self.transaction():
                pass

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that writes only while the lease is held; raises LeaseLost otherwise. No HTTP inside."""
        with transaction.atomic():
            if not _own(self.state).update(lease_until=clock.now() + settings.SYNC_LEASE_SECONDS):
                raise LeaseLost
            self.renewed = time.monotonic()
            yield

    def save(self, **columns: Any) -> None:
        """Write columns of the state row; inside `transaction()`."""
        for name, value in columns.items():
            setattr(self.state, name, value)
        self.state.save(update_fields=list(columns))

    def release(self, **columns: Any) -> None:
        """Give the lease back, so that another slice need not wait for its end; *columns* of the state go with it."""
        _own(self.state).update(lease_until=None, lease_owner="", **columns)


def claim(connection_id: int, *, only_if_sent_for: bool = False) -> Lease | None:
    """The lease on a connection, inside its scope; None when it is held, gone, stopped, or kept by newer code.

    A message claims *only_if_sent_for*: to be chosen by the scheduler is good for one slice, however often the message
    is delivered.
    """
    state = SyncState.objects.select_related("connection").filter(connection_id=connection_id).first()
    if state is None or state.state_version > STATE_VERSION or not _may_run(state.connection):
        return None
    if only_if_sent_for and state.dispatched_at is None:
        return None
    now = clock.now()
    until = now + settings.SYNC_LEASE_SECONDS
    # A lease that ends later than any can was taken before our clock went back.
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now) | Q(lease_until__gt=until)
    sent_for = Q(dispatched_at__isnull=False) if only_if_sent_for else Q()
    # The message has arrived. From here on the lease alone says that somebody works: should this process die, the next
    # one begins when the lease ends.
    taken = {"fence": F("fence") + 1, "lease_owner": owner(), "dispatched_at": None}
    if not _own(state).filter(free, sent_for).update(**taken, lease_until=until):
        return None
    state = SyncState.objects.select_related("connection").get(connection_id=connection_id, fence=state.fence + 1)
    return Lease(connection=state.connection, state=state)


def _may_run(connection: Connection) -> bool:
    return connection.setup == Connection.Setup.OK and connection.run not in PAUSED


def workspace_of(connection_id: int) -> int | None:
    """The workspace whose connection this is: what a task, which knows an id alone, opens as its scope."""
    with scopes_disabled():
        return Connection.objects.filter(pk=connection_id).values_list("workspace_id", flat=True).first()


def owner() -> str:
    """Who works here, for people who read the table."""
    return f"{socket.gethostname()}:{os.getpid()}"[:120]


def _own(state: SyncState) -> Any:
    return SyncState.objects.filter(connection_id=state.connection_id, fence=state.fence, generation=state.generation)
