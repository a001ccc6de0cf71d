"""What runs cost beside so many messages that are held. A process of its own.

python benchmarks/growing.py RESULT MESSAGES SANDBOX: the workspace is synced from the sandbox at that address.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import django

django.setup()

import costs  # noqa: E402
import plans  # noqa: E402
from filling import fill  # noqa: E402
from processes import WORKSPACE  # noqa: E402

from integrations import connections  # noqa: E402
from integrations.intercom.sandbox.control import Sandbox  # noqa: E402
from integrations.models import Connection  # noqa: E402
from integrations.sync import engine  # noqa: E402
from sonora.workspaces.models import Workspace  # noqa: E402
from sonora.workspaces.scoping import scope  # noqa: E402

CHANGED = 100  # conversations
AGO = 60  # seconds since they changed: what changed within six is read twice
TIMES = 3  # the cheapest counts
READ = "GET /conversations/*"


def main(result: str, messages: str, sandbox: str) -> None:
    intercom = Sandbox()
    intercom.url = sandbox
    with scope(workspace=Workspace.objects.get(slug=WORKSPACE)):
        held = Connection.objects.get()
        fill(held, int(messages))
        _run(held)  # imports, and all that a first run of a process does once
        costs.write(
            Path(result),
            {"idle": _cheapest(held, intercom, 0), f"{CHANGED} changed": _cheapest(held, intercom, CHANGED)},
        )


def _cheapest(held: Connection, intercom: Sandbox, changed: int) -> costs.Cost:
    """The cheapest of some runs that read *changed* conversations each, and what one more of them scans."""
    ids = [one["id"] for one in intercom.objects() if one["type"] == "conversation"][:changed]
    start = int(time.time()) - AGO
    runs: list[costs.Cost] = []
    for number in range(TIMES):
        with _changed(intercom, ids, at=start + number):
            runs.append(costs.measured(lambda: _run(held)))
    with _changed(intercom, ids, at=start + TIMES), plans.watched() as scanned:
        _run(held)
    return replace(min(runs, key=lambda one: one.cpu), scanned=tuple(sorted(scanned)))


@contextmanager
def _changed(intercom: Sandbox, ids: Sequence[str], *, at: int) -> Iterator[None]:
    """Somebody writes in each of *ids* at that second; the block must read just these."""
    for one in ids:
        intercom.mutate("reply", id=one, text="And what of the other invoice?", at=at)
    intercom.reset_log()
    yield
    if (read := intercom.counts().get(READ, 0)) != len(ids):
        raise SystemExit(f"The run read {read} conversations where {len(ids)} had changed.")


def _run(held: Connection) -> None:
    """Slices until nothing is left; the sweeps that the clock calls for are another matter."""
    connections.sync_now(held, by="benchmark")
    while (outcome := engine.run_slice(held.pk, may_sweep=False)).ended is engine.Ended.MORE:
        pass
    if outcome.ended is not engine.Ended.IDLE:
        raise SystemExit(f"The run ended otherwise than it should: {outcome}")


if __name__ == "__main__":
    main(*sys.argv[1:])
