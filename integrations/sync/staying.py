"""Waiting for the next window of Intercom's limit within a slice, while nobody else needs the place.

A slice that gave its place back would be sent for by the next tick only, up to five seconds after the limit is there
again, and half of a window would pass unused.
"""

import time

from integrations.sync import failures, places
from integrations.sync.budget import MustWait
from integrations.sync.due import due
from integrations.sync.slice import Slice
from sonora.core import clock
from sonora.workspaces.scoping import scopes_disabled

LOOK = 0.5  # seconds between two looks at who else is due


def wait_for(work: Slice, wait: MustWait) -> None:
    """Wait as long as *wait* says, or until the slice's time is over: then the next one, due at once, waits on.

    Raises MustWait where the place is to be given back: Intercom asked for the pause, or somebody else is due.
    """
    if wait.refused:
        raise wait
    began = time.monotonic()
    while (left := began + wait.seconds - time.monotonic()) > 0 and not (work.spent or _is_needed()):
        work.lease.keep()
        time.sleep(min(left, LOOK))
    if (seconds := round(time.monotonic() - began)) > 0:
        failures.waited(work.lease, seconds, refused=False)
    if left > 0 and not work.spent:
        raise MustWait(left, refused=False) from wait


def _is_needed() -> bool:
    """Whether a connection is due that finds no place."""
    now = clock.now()
    with scopes_disabled():
        room = places.room(now)
        return (room.left < 1 or room.left_for_long < 1) and due(now).exists()
