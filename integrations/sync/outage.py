"""The database was away for a moment, or refused: nothing is half written, and the next slice need not wait long."""

import time

from django.db import Error, connection

from integrations.sync import failures
from integrations.sync.lease import Lease

PATIENCE = 15.0  # seconds until the lease is left to run out
PAUSE = 0.5  # seconds between two tries to say what happened


def failed(held: Lease, error: Error) -> float:
    """Give the lease back as soon as the database answers; returns the seconds until the next try.

    Without this the next slice would have to wait for the end of the lease. 0: the database stayed away.
    """
    ends = time.monotonic() + PATIENCE
    while True:
        connection.close()  # a connection that broke is not made anew by itself
        try:
            return failures.failed(held, failures.DatabaseFailed(type(error).__name__))
        except Error:
            if time.monotonic() > ends:
                return 0.0
            time.sleep(PAUSE)
