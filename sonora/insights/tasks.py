"""What the workers of the queue `analysis` are asked to do. A message is only a hint: the rows say what is left."""

import multiprocessing

import structlog
from celery import shared_task, signals

from sonora.insights import analysis, backend, comparing
from sonora.insights.model_files import ModelUnusable
from sonora.insights.yielding import yield_to_others

logger = structlog.get_logger(__name__)

SECONDS = 30  # of one task; the next message is there by then

# Made before the worker forks, so that its children see it: they are not told when it shuts down.
_shutting_down = multiprocessing.Event()


@shared_task(ignore_result=True, expires=10)
def analyse_pending() -> None:
    """Read conversations that changed since they were read, of all workspaces in turn, for some seconds."""
    yield_to_others()
    try:
        reader = backend.reader()
    except ModelUnusable as error:
        logger.warning("nothing_is_analysed", reason=str(error))
        return
    analysis.run(reader, seconds=SECONDS, stopping=_shutting_down.is_set)


@shared_task(ignore_result=True, expires=60)
def compare_requests() -> None:
    """Look for feature requests that may be one, where words changed since."""
    yield_to_others()
    comparing.keep_up()


@signals.worker_shutting_down.connect
def _stop_soon(**_: object) -> None:
    """A deployment waits for one batch at most."""
    _shutting_down.set()
