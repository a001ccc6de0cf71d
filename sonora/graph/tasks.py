"""What the workers of the queue `analysis` are asked to do. A message is only a hint: the rows say what is left."""

from celery import shared_task

from sonora.graph import keeping
from sonora.insights.yielding import yield_to_others

SECONDS = 2  # of one task, of which there is one in 30: a first sync makes people due again and again


@shared_task(ignore_result=True, expires=60)
def keep_standings() -> None:
    """Work out where people stand who changed, or whose time came, of all workspaces in turn, for some seconds."""
    yield_to_others()
    keeping.run(seconds=SECONDS, rest=keeping.REST)
