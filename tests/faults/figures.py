"""How long it took to go on after each fault, kept by `--long`; `python -m tests.faults.figures` prints the table."""

import json
import sys
import time

from tests.runtime.demo import CHECKOUT

FILE = CHECKOUT / ".data/faults.json"


def note(fault: str, value: float, *, limit: float, unit: str = "s") -> None:
    """Keep what was measured after *fault*: the seconds until the sync went on, of *limit* that it may take."""
    FILE.parent.mkdir(mode=0o700, exist_ok=True)
    kept = json.loads(FILE.read_text()) if FILE.exists() else {}
    kept[fault] = {
        "value": f"{value:.1f} {unit}",
        "limit": f"{limit:g} {unit}",
        "on": time.strftime("%Y-%m-%d", time.gmtime()),
    }
    FILE.write_text(json.dumps(kept, indent=1))


def table() -> str:
    """The figures as rows of docs/reliability.md."""
    kept = json.loads(FILE.read_text())
    rows = [f"| {fault} | {one['value']} | {one['limit']} | {one['on']} |" for fault, one in sorted(kept.items())]
    return "\n".join(["| after | measured | at most | on |", "|---|---|---|---|", *rows])


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
