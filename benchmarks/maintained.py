"""What a first sync and a busy hour cost, with all that is maintained along them or without it. A process of its own.

python benchmarks/maintained.py RESULT SANDBOX with|without: an empty workspace is synced from the sandbox there.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

import costs  # noqa: E402
import runs  # noqa: E402
from django.db import connection as database  # noqa: E402
from django.db import transaction  # noqa: E402
from processes import WORKSPACE  # noqa: E402

from integrations import held_totals  # noqa: E402
from integrations.intercom.sandbox.control import Sandbox  # noqa: E402
from integrations.models import Connection  # noqa: E402
from integrations.providers import provider_named  # noqa: E402
from sonora.conversations import naming, taking_part  # noqa: E402
from sonora.conversations.models import Conversation  # noqa: E402
from sonora.graph import dues, keeping  # noqa: E402
from sonora.insights import analysed, opened  # noqa: E402
from sonora.insights import dues as requests_due  # noqa: E402
from sonora.workspaces.models import Workspace  # noqa: E402
from sonora.workspaces.scoping import scope  # noqa: E402

FIRST, HOUR, STANDINGS = "first sync", "busy hour", ", standings"
RUNS, CHANGED = 12, 20  # a run every five minutes, and how many conversations somebody wrote in meanwhile
RESTING = keeping.REST // 300  # runs until those are worked out who stand somewhere already
AGO = 60  # seconds since the first of them; what changed within six is read twice
TOTALS = (*held_totals.TOTALS, naming.TOTAL, analysed.TOTAL)
FOR_LISTS = (
    "conversation_present_by_time",
    "present_by_creation",
    "conversation_untagged",
    "conversation_gone",
    "sentiment_by_creation",
    "conversation_by_state",
    "conversation_by_customer",
    "conversations_by_tag",
    "conversations_by_person",
    "conversations_by_role",
    "contact_by_time",
    "contact_by_role",
    "person_by_name",
    "person_by_lower_name",
    "company_by_name",
)


def main(result: str, sandbox: str, way: str) -> None:
    provider_named("intercom")  # imports httpx and the like, which a worker does once
    with scope(workspace=Workspace.objects.get(slug=WORKSPACE)):
        held = Connection.objects.get()
        if way == "without":
            _take_away()
        keep = _work_out_standings if way == "with" else _nothing
        found = {FIRST: costs.measured(lambda: runs.run(held)), FIRST + STANDINGS: costs.measured(keep)}
        found |= _busy_hour(held, runs.at(sandbox), keep)
    costs.write(Path(result), found)


def _take_away() -> None:
    """Triggers that keep totals or note what is due, and indexes that only lists begin with."""
    triggers: list[Any] = [one for total in TOTALS for one in total.triggers()]
    triggers += [*taking_part.COPIED.triggers(), *opened.COPIED.triggers(), *dues.RULES, *requests_due.RULES]
    with transaction.atomic(), database.cursor() as cursor:
        for statement in [sql for one in triggers for sql in one.drop(database)]:
            cursor.execute(statement)
        for index in FOR_LISTS:
            cursor.execute(f'DROP INDEX "{index}"')


def _work_out_standings() -> None:
    """What a worker of the queue `analysis` does, after a first sync at once, else when those who are due rested."""
    keeping.run(seconds=3_600)


def _nothing() -> None:
    """Nobody is due where nothing notes it."""


def _busy_hour(held: Connection, intercom: Sandbox, keep: Callable[[], None]) -> dict[str, costs.Cost]:
    ids = list(Conversation.objects.order_by("pk").values_list("external_id", flat=True)[: RUNS * CHANGED])
    start = int(time.time()) - AGO
    synced, kept = [], []
    for number in range(RUNS):
        with runs.changed(intercom, ids[number::RUNS], at=start + number):
            synced.append(costs.measured(lambda: runs.run(held)))
        if number % RESTING == RESTING - 1:
            kept.append(costs.measured(keep))
    return {HOUR: costs.total(synced), HOUR + STANDINGS: costs.total(kept)}


if __name__ == "__main__":
    main(*sys.argv[1:])
