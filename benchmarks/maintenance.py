"""What does it cost the sync to keep totals and standings? `python benchmarks/maintenance.py --help`; see README.md."""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(ROOT), str(ROOT / "bin/gates")]  # the sandbox's control, and a PostgreSQL for once

import copies  # noqa: E402
import costs  # noqa: E402
import databases  # noqa: E402
import processes  # noqa: E402
import tables  # noqa: E402
from costs import Cost  # noqa: E402
from jobs import JOBS, UNLIMITED  # noqa: E402
from measuring import Bench, counted  # noqa: E402

from integrations.intercom.sandbox.control import Sandbox  # noqa: E402

COLUMNS = (
    "database", "run", "CPU ms of the sync", "of it database", "totals and notes", "middle half", "standings",
    "**both together**", "what lists read", "middle half", "together",
)  # fmt: skip
HEAD, RULER = f"| {' | '.join(COLUMNS)} |", f"| --- | ---{' | ---:' * (len(COLUMNS) - 2)} |"
ALL, NO_AGGREGATES, BARE = "with all", "without aggregates", "without what lists read either"
STANDINGS = ", standings"

Synced = list[dict[str, Cost]]  # what was measured → its cost, one for each sync
Replayed = dict[str, dict[str, list[float]]]  # way → what was measured → seconds, one for each round


@dataclass(frozen=True, slots=True)
class Share:
    """What something costs a run: the median and the middle half of *seconds*, in milliseconds and as a share."""

    seconds: Sequence[float]

    @property
    def middle(self) -> float:
        return statistics.median(self.seconds)

    def of(self, whole: float) -> tuple[str, str]:
        first, _, last = statistics.quantiles(self.seconds, n=4)
        return f"{1000 * self.middle:.0f} ({self.middle / whole:.1%})", f"{first / whole:.1%} to {last / whole:.1%}"


def main(arguments: list[str]) -> None:
    options = _parser().parse_args(arguments)
    names = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    print(tables.head(), "", HEAD, RULER, sep="\n", flush=True)
    for name in names:
        with databases.opened(name) as database:
            for line in _lines(database, options):
                print(line, flush=True)


def _lines(database: databases.Database, options: argparse.Namespace) -> list[str]:
    """A sandbox and a database of its own: each sync begins with the same, and so does each round."""
    flags: dict[str, Any] = {**JOBS[options.job].flags(), "rate_limit": UNLIMITED}
    synced: Synced = []
    with tempfile.TemporaryDirectory() as folder:
        record, result = Path(folder) / "record", Path(folder) / "result.json"
        for _ in range(options.syncs):
            with Sandbox(**flags) as intercom, database.fresh() as connected:
                bench = Bench(intercom=intercom, truth=counted(intercom))
                bench.connect(connected)
                with copies.of(connected) as extra:
                    _python(bench, extra, "maintained.py", result, record, intercom.url)
                synced.append(costs.read(result))
                if len(synced) == options.syncs:
                    _python(bench, connected, "replayed.py", result, record, options.rounds)
                    replayed: Replayed = json.loads(result.read_text())
    runs = [what for what in synced[0] if not what.endswith(STANDINGS)]
    return [_line(f"{database.title} | {run}", run, synced, replayed) for run in runs]


def _python(bench: Bench, extra: dict[str, str], script: str, *arguments: object) -> None:
    processes.python(f"benchmarks/{script}", *map(str, arguments), extra=bench.environment(extra))


def _line(title: str, run: str, synced: Synced, replayed: Replayed) -> str:
    """Shares are of the CPU of the sync alone, without what keeps aggregates."""
    whole = statistics.median(one[run].cpu for one in synced)
    database = statistics.median(one[run].database for one in synced)
    standings = Share([one[run + STANDINGS].cpu for one in synced])
    kept, read = _between(replayed, ALL, NO_AGGREGATES, run), _between(replayed, NO_AGGREGATES, BARE, run)
    alone = whole - kept.middle
    both = kept.middle + standings.middle
    cells = [
        f"{1000 * whole:.0f}", f"{1000 * database:.0f}" if database else "–", *kept.of(alone), standings.of(alone)[0],
        f"**{both / alone:.1%}**", *read.of(alone), f"{(both + read.middle) / alone:.1%}",
    ]  # fmt: skip
    return f"| {title} | {' | '.join(cells)} |"


def _between(replayed: Replayed, more: str, less: str, run: str) -> Share:
    """What the one way took longer than the other, round by round."""
    return Share([one - other for one, other in zip(replayed[more][run], replayed[less][run], strict=True)])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/maintenance.py",
        description="Measures what a first sync and a busy hour's runs cost, and what is maintained along them.",
    )
    add = parser.add_argument
    add("--syncs", type=int, default=3, metavar="K", help="how often it is synced, at least 2 (default 3)")
    add("--rounds", type=int, default=15, metavar="K", help="how often its writes are written again (default 15)")
    add("--job", choices=sorted(JOBS), default="thousand", help="sizes of the workspace (default thousand)")
    add("--database", choices=("sqlite", "postgresql", "both"), default="both")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
