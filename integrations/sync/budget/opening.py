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
from integrations.sync.budget.turns import Free, Turns


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


def budget_of_app(region: str, app_id: str, terms: Terms, *, patience: float) -> Budget:
    """The budget of a person's questions to the app *app_id*, shared with the slices of all connections to it.

    Without an app id, which only an answer tells, nothing is counted.
    """
    turns = _turns(_bucket(region, app_id), terms) if app_id else Free()
    return Budget(turns, patience=patience)


def bucket_of(connection: Connection) -> str:
    """Intercom counts by app, so connections of several workspaces to one app share a bucket."""
    return _bucket(connection.region, connection.app_id) if connection.app_id else f"connection:{connection.pk}"


def _bucket(region: str, app_id: str) -> str:
    return f"{region}:{app_id}"


def _turns(bucket: str, terms: Terms) -> Turns:
    if settings.REDIS_URL:
        return Shared(settings.REDIS_URL, bucket, terms, PROCESS.alone)
    return Here(bucket, terms, PROCESS.windows)
