"""Which bucket a connection's requests are counted in, and where."""

from collections import defaultdict

from django.conf import settings

from integrations.models import Connection
from integrations.sync.budget.alone import Alone
from integrations.sync.budget.asking import Budget
from integrations.sync.budget.here import Here, Windows
from integrations.sync.budget.retries import Retries
from integrations.sync.budget.rules import Terms
from integrations.sync.budget.shared import Shared
from integrations.sync.budget.turns import Turns


class Process:
    """What the slices of one process share, whatever threads they run in."""

    def __init__(self) -> None:
        self.windows = Windows()
        self.alone = Alone(self.windows)
        self.retries: defaultdict[str, Retries] = defaultdict(Retries)


PROCESS = Process()


def budget_for(connection: Connection, terms: Terms, *, patience: float) -> Budget:
    """The budget of one slice on *connection*: counted in Redis where there is one, else in this process."""
    bucket = bucket_of(connection)
    return Budget(_turns(bucket, terms), retries=PROCESS.retries[bucket], patience=patience)


def bucket_of(connection: Connection) -> str:
    """Intercom counts by app, so connections of several workspaces to one app share a bucket."""
    return f"{connection.region}:{connection.app_id}" if connection.app_id else f"connection:{connection.pk}"


def _turns(bucket: str, terms: Terms) -> Turns:
    if settings.REDIS_URL:
        return Shared(settings.REDIS_URL, bucket, terms, PROCESS.alone)
    return Here(bucket, terms, PROCESS.windows)
