"""What the workers are asked to do. Each task takes an id and makes one call; the rows say what is left."""

import multiprocessing
import time
from typing import Any

from celery import Task, shared_task, signals

from integrations import purge
from integrations.notices import post, watch
from integrations.sync import engine, scheduler

SECONDS = 20  # of a task that removes data

# Made before the worker forks, so that its children see it: they are not told when it shuts down.
_shutting_down = multiprocessing.Event()


@shared_task(ignore_result=True, expires=60)
def run_slice(connection_id: int) -> None:
    """Work on a connection for some seconds, then let the fairest of those that are due go on."""
    outcome = engine.run_slice(connection_id, stopping=_shutting_down.is_set, only_if_sent_for=True)
    if outcome.ended is not engine.Ended.BUSY and not _shutting_down.is_set():
        publish_due()


@shared_task(ignore_result=True, expires=10)
def tick() -> None:
    """The safety net, every few seconds and from any number of beats: whatever is due and not on its way."""
    scheduler.tick()
    publish_due()
    for connection_id in purge.due():
        _publish(remove, connection_id)


@shared_task(ignore_result=True, expires=60)
def tell() -> None:
    """Tell people what changed since the last time, on the page of notices and by mail."""
    watch.look()
    post.send_waiting()


@shared_task(ignore_result=True, expires=60)
def remove(connection_id: int) -> None:
    """Remove what came from a provider, for some seconds; the tick sees to the rest."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends and not _shutting_down.is_set() and purge.step(connection_id):
        pass


def wake(connection_id: int) -> None:
    """Send what is due on its way, after the rows of a connection were changed. Never raises; call it on commit."""
    publish_due()
    if connection_id in purge.due():
        _publish(remove, connection_id)


def publish_due() -> None:
    """Send a message for each connection that is picked, until the broker is found to be away."""
    chosen = scheduler.pick()
    for number, connection_id in enumerate(chosen):
        if not _publish(run_slice, connection_id):
            scheduler.take_back(chosen[number:])
            return


def _publish(task: Task[Any, Any], connection_id: int) -> bool:
    from sonora.celery import publish  # the application needs the settings, which need not be ready when this is read

    return publish(task, connection_id)


@signals.worker_shutting_down.connect
def _stop_soon(**_: object) -> None:
    """A deployment does not wait for the end of a slice: it ends at its next commit and gives its lease back."""
    _shutting_down.set()
