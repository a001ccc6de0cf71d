"""What the workers are asked to do. Each task takes an id and makes one call; the rows say what is left."""

import time

from celery import shared_task

from integrations import purge
from integrations.sync import engine, scheduler

SECONDS = 20  # of a task that removes data


@shared_task(ignore_result=True, expires=60)
def run_slice(connection_id: int) -> None:
    """Work on a connection for some seconds, then let the fairest of those that are due go on."""
    outcome = engine.run_slice(connection_id)
    if outcome.ended is not engine.Ended.BUSY:
        publish_due()


@shared_task(ignore_result=True, expires=10)
def tick() -> None:
    """The safety net, every few seconds and from any number of beats: whatever is due and not on its way."""
    publish_due()
    for connection_id in purge.due():
        _publish(remove, connection_id)


@shared_task(ignore_result=True, expires=60)
def remove(connection_id: int) -> None:
    """Remove what came from a provider, for some seconds; the tick sees to the rest."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends and purge.step(connection_id):
        pass


def wake(connection_id: int) -> None:
    """Send what is due on its way, for a connection whose rows were just changed. Never raises; call it on commit."""
    publish_due(only=connection_id)
    for due in purge.due():
        if due == connection_id:
            _publish(remove, due)


def publish_due(*, only: int | None = None) -> None:
    """Send a message for each connection that is picked."""
    for connection_id in scheduler.pick(only=only):
        _publish(run_slice, connection_id)


def _publish(task: object, connection_id: int) -> None:
    from sonora.celery import publish  # the application needs the settings, which need not be ready when this is read

    publish(task, connection_id)  # type: ignore[arg-type]
