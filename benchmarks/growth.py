"""Does a run cost more the more is held? `python benchmarks/growth.py --help`; README.md says what the figures mean."""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(ROOT), str(ROOT / "bin/gates")]  # the sandbox's control, and a PostgreSQL for once

import costs  # noqa: E402
import databases  # noqa: E402
import processes  # noqa: E402
import tables  # noqa: E402
from jobs import UNLIMITED  # noqa: E402
from measuring import Bench  # noqa: E402

from integrations.intercom.sandbox.control import Sandbox  # noqa: E402

HEAD = "| database | messages held | run | client CPU ms | database CPU ms | statements | large tables scanned |"
RULER = "| --- | ---: | --- | ---: | ---: | ---: | --- |"
WORKSPACE: dict[str, Any] = {
    "conversations": 400,
    "parts": 6,
    "contacts": 1_000,
    "companies": 100,
}  # what Intercom still has


def main(arguments: list[str]) -> None:
    options = _parser().parse_args(arguments)
    names = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    print(tables.head(), "", HEAD, RULER, sep="\n", flush=True)
    for name in names:
        with databases.opened(name) as database:
            for messages in options.messages:
                for line in _lines(database, messages):
                    print(line, flush=True)


def _lines(database: databases.Database, messages: int) -> list[str]:
    measured = _measured(database, messages)
    for run, cost in measured.items():
        for scan in cost.scanned:
            print(f"{database.title}, {messages:,}, {run}: {scan}", file=sys.stderr)
    return [
        f"| {database.title} | {messages:,} | {run} | {1000 * cost.client:.0f} | {1000 * cost.database:.0f}"
        f" | {cost.statements} | {', '.join(sorted({one.partition(':')[0] for one in cost.scanned})) or 'none'} |"
        for run, cost in measured.items()
    ]


def _measured(database: databases.Database, messages: int) -> Mapping[str, costs.Cost]:
    """A workspace is synced, filled up to *messages* more, and synced again and again."""
    with Sandbox(**WORKSPACE, rate_limit=UNLIMITED) as intercom, database.fresh() as extra:
        bench = Bench(intercom=intercom, truth={})
        bench.connect(extra)
        environment = bench.environment(extra)
        sync = ["intercom", "sync", "--workspace", processes.WORKSPACE, "--now", "--wait"]
        processes.python("manage.py", *sync, extra=environment)
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder) / "result.json"
            arguments = [str(result), str(messages), intercom.url]
            processes.python("benchmarks/growing.py", *arguments, extra=environment)
            return costs.read(result)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/growth.py",
        description="Measures runs that find nothing new, and that find 100 changed conversations, beside held rows.",
    )
    add = parser.add_argument
    add(
        "--messages", type=int, nargs="+", default=[10_000, 1_000_000], metavar="N", help="held besides (10000 1000000)"
    )
    add("--database", choices=("sqlite", "postgresql", "both"), default="both")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
