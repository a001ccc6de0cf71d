"""What a first sync and a busy hour cost, standings with them, and what they write. A process of its own.

python benchmarks/maintained.py RESULT RECORD SANDBOX: an empty workspace is synced from the sandbox there.
"""

import gc
import pickle
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

import costs  # noqa: E402
import runs  # noqa: E402
from costs import Cost  # noqa: E402
from processes import WORKSPACE  # noqa: E402
from recording import Recorder, Statement  # noqa: E402

from integrations.intercom.sandbox.control import Sandbox  # noqa: E402
from integrations.models import Connection  # noqa: E402
from integrations.providers import provider_named  # noqa: E402
from sonora.conversations.models import Conversation  # noqa: E402
from sonora.graph import keeping  # noqa: E402
from sonora.workspaces.models import Workspace  # noqa: E402
from sonora.workspaces.scoping import scope  # noqa: E402

FIRST, HOUR, STANDINGS = "first sync", "busy hour", ", standings"
RUNS, CHANGED = 12, 20  # a run every five minutes, and how many conversations somebody wrote in meanwhile
RESTING = keeping.REST // 300  # runs until those are worked out who stand somewhere already
AGO = 60  # seconds since the first of them; what changed within six is read twice

Written = list[tuple[str, list[Statement]]]  # in this order, each with what was measured then


def main(result: str, record: str, sandbox: str) -> None:
    provider_named("intercom")  # imports httpx and the like, which a worker does once
    measure = _Measure()
    with scope(workspace=Workspace.objects.get(slug=WORKSPACE)), measure.recorder.listening():
        held = Connection.objects.get()
        measure(FIRST, lambda: runs.run(held))
        measure(FIRST + STANDINGS, _work_out_standings)
        _busy_hour(held, runs.at(sandbox), measure)
    costs.write(Path(result), {name: costs.total(some) for name, some in measure.found.items()})
    Path(record).write_bytes(pickle.dumps(measure.written))


class _Measure:
    """Does a piece of work, and keeps what it cost and wrote."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        self.found = defaultdict[str, list[Cost]](list)
        self.written: Written = []

    def __call__(self, name: str, work: Callable[[], object]) -> None:
        gc.freeze()  # what is kept here is nothing that a worker's garbage collector would look through
        self.found[name].append(costs.measured(work))
        self.written.append((name, self.recorder.taken()))


def _work_out_standings() -> None:
    """What a worker of the queue `analysis` does, after a first sync at once, else when those who are due rested."""
    keeping.run(seconds=3_600)


def _busy_hour(held: Connection, intercom: Sandbox, measure: _Measure) -> None:
    ids = list(Conversation.objects.order_by("pk").values_list("external_id", flat=True)[: RUNS * CHANGED])
    start = int(time.time()) - AGO
    for number in range(RUNS):
        with runs.changed(intercom, ids[number::RUNS], at=start + number):
            measure(HOUR, lambda: runs.run(held))
        if number % RESTING == RESTING - 1:
            measure(HOUR + STANDINGS, _work_out_standings)


if __name__ == "__main__":
    main(*sys.argv[1:])
