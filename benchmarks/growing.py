"""What runs cost beside so many messages that are held. A process of its own.

python benchmarks/growing.py RESULT MESSAGES SANDBOX: the workspace is synced from the sandbox at that address.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import django

django.setup()

import costs  # noqa: E402
import plans  # noqa: E402
import runs  # noqa: E402
from filling import fill  # noqa: E402
from processes import WORKSPACE  # noqa: E402

from integrations.intercom.sandbox.control import Sandbox  # noqa: E402
from integrations.models import Connection  # noqa: E402
from sonora.workspaces.models import Workspace  # noqa: E402
from sonora.workspaces.scoping import scope  # noqa: E402

CHANGED = 100  # conversations
AGO = 60  # seconds since they changed: what changed within six is read twice
TIMES = 3  # the cheapest counts


def main(result: str, messages: str, sandbox: str) -> None:
    intercom = runs.at(sandbox)
    with scope(workspace=Workspace.objects.get(slug=WORKSPACE)):
        held = Connection.objects.get()
        fill(held, int(messages))
        runs.run(held)  # imports, and all that a first run of a process does once
        costs.write(
            Path(result),
            {"idle": _cheapest(held, intercom, 0), f"{CHANGED} changed": _cheapest(held, intercom, CHANGED)},
        )


def _cheapest(held: Connection, intercom: Sandbox, changed: int) -> costs.Cost:
    """The cheapest of some runs that read *changed* conversations each, and what one more of them scans."""
    ids = [one["id"] for one in intercom.objects() if one["type"] == "conversation"][:changed]
    start = int(time.time()) - AGO
    cost: list[costs.Cost] = []
    for number in range(TIMES):
        with runs.changed(intercom, ids, at=start + number):
            cost.append(costs.measured(lambda: runs.run(held)))
    with runs.changed(intercom, ids, at=start + TIMES), plans.watched() as scanned:
        runs.run(held)
    return replace(min(cost, key=lambda one: one.cpu), scanned=tuple(sorted(scanned)))


if __name__ == "__main__":
    main(*sys.argv[1:])
