"""What does it cost the sync to keep totals and standings? `python benchmarks/maintenance.py --help`; see README.md."""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(ROOT), str(ROOT / "bin/gates")]  # the sandbox's control, and a PostgreSQL for once

import costs  # noqa: E402
import databases  # noqa: E402
import processes  # noqa: E402
import tables  # noqa: E402
from costs import Cost  # noqa: E402
from jobs import JOBS, UNLIMITED  # noqa: E402
from measuring import Bench, counted  # noqa: E402

from integrations.intercom.sandbox.control import Sandbox  # noqa: E402

COLUMNS = (
    "database", "run", "CPU s with", "of it database", "of it standings", "CPU s without", "of it database",
    "with ÷ without", "runs of one kind differ by",
)  # fmt: skip
HEAD, RULER = f"| {' | '.join(COLUMNS)} |", f"| --- | ---{' | ---:' * (len(COLUMNS) - 2)} |"
WITH, WITHOUT, STANDINGS = "with", "without", ", standings"

Runs = dict[str, list[Cost]]  # by what was measured


def main(arguments: list[str]) -> None:
    options = _parser().parse_args(arguments)
    names = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    print(tables.head(), "", HEAD, RULER, sep="\n", flush=True)
    for name in names:
        with databases.opened(name) as database:
            for line in _lines(database, options.rounds, options.job):
                print(line, flush=True)


def _lines(database: databases.Database, rounds: int, job: str) -> list[str]:
    found: dict[str, Runs] = {WITH: defaultdict(list), WITHOUT: defaultdict(list)}
    for number in range(rounds):
        for way in (WITH, WITHOUT) if number % 2 == 0 else (WITHOUT, WITH):  # both begin equally often
            for what, cost in _once(database, job, way).items():
                found[way][what].append(cost)
                print(f"{database.title}, {way}, {what}: {cost.client:.2f} + {cost.database:.2f} s", file=sys.stderr)
    return [_line(f"{database.title} | {run}", run, found) for run in found[WITH] if not run.endswith(STANDINGS)]


def _once(database: databases.Database, job: str, way: str) -> dict[str, Cost]:
    """A sandbox and a database of its own: the next one finds the same."""
    flags: dict[str, Any] = {**JOBS[job].flags(), "rate_limit": UNLIMITED}
    with Sandbox(**flags) as intercom, database.fresh() as extra, tempfile.TemporaryDirectory() as folder:
        bench = Bench(intercom=intercom, truth=counted(intercom))
        bench.connect(extra)
        result = Path(folder) / "result.json"
        processes.python("benchmarks/maintained.py", str(result), intercom.url, way, extra=bench.environment(extra))
        return costs.read(result)


def _line(title: str, run: str, found: dict[str, Runs]) -> str:
    """Sums of all rounds; what differs is the larger of both spreads, as a share of the mean."""
    standings = costs.total(found[WITH][run + STANDINGS])
    ways = [_both(some[run], some[run + STANDINGS]) for some in found.values()]
    one, other = map(costs.total, ways)
    return (
        f"| {title} | {one.cpu:.2f} | {one.database:.2f} | {standings.cpu:.2f} | {other.cpu:.2f} | {other.database:.2f}"
        f" | {one.cpu / other.cpu:.3f} | {max(map(_spread, ways)):.0%} |"
    )


def _both(synced: Sequence[Cost], kept: Sequence[Cost]) -> list[Cost]:
    return [costs.total(pair) for pair in zip(synced, kept, strict=True)]


def _spread(some: Sequence[Cost]) -> float:
    cpu = [one.cpu for one in some]
    return (max(cpu) - min(cpu)) / (sum(cpu) / len(cpu))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/maintenance.py",
        description="Measures a first sync and a busy hour's runs with all that is maintained along them, and without.",
    )
    add = parser.add_argument
    add("--rounds", type=int, default=4, metavar="K", help="how often each of both, by turns (default 4)")
    add("--job", choices=sorted(JOBS), default="thousand", help="sizes of the workspace (default thousand)")
    add("--database", choices=("sqlite", "postgresql", "both"), default="both")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
