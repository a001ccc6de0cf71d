"""How fast is the sync beside a busy analysis? python benchmarks/beside.py [--job five] [--database both] [--turns 3]

A job of `sync.py` is synced by a real worker, alone and beside a real worker of the queue `analysis` that has begun on
thousands of messages of another workspace and is not through with them when the sync ends. The two take turns.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[1:1] = [str(ROOT), str(ROOT / "bin/gates")]  # the sandbox's control, and a PostgreSQL for once

import databases  # noqa: E402
import processes  # noqa: E402
import tables  # noqa: E402
import workers  # noqa: E402
from jobs import JOBS, UNLIMITED  # noqa: E402
from measuring import Bench, Measured, counted  # noqa: E402

from integrations.intercom.sandbox.control import Sandbox  # noqa: E402

BACKLOG = 8_000  # messages: more than a worker reads in the longest of these runs
HEAD = (
    "| database | alone s | beside s | speed | texts read meanwhile | their CPU s | their peak MB | CPU s of the sync |"
)
RULER = "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"


class NotBusy(Exception):
    """The analysis did not run, or was through before the sync: such a run says nothing."""


@dataclass(slots=True)
class Analysis:
    """What the other worker did while the sync was measured."""

    texts: list[int] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_mb: float = 0.0

    @contextmanager
    def running(self, worker: workers.Worker) -> Iterator[None]:
        """Beside *worker* another one analyses; it has begun, and has to be busy still when the block ends."""
        with workers.beside(worker) as analyst:
            _backlog("begin", worker=worker)
            before, cpu = _count(worker)[0], analyst.cpu()
            yield
            self.cpu.append(analyst.cpu() - cpu)
            self.peak_mb = max(self.peak_mb, analyst.peak_mb())
            after, waiting = _count(worker)
            self.texts.append(after - before)
            if self.cpu[-1] == 0 or waiting == 0:
                raise NotBusy(f"It took {self.cpu[-1]:.2f} s of CPU, and {waiting} conversations wait.")


def main() -> None:
    wanted = _wanted()
    print(tables.head(), "", f"{JOBS[wanted.job]}; {wanted.latency} ms; median of {wanted.turns}.", sep="\n")
    print("", HEAD, RULER, sep="\n", flush=True)
    with Sandbox(**JOBS[wanted.job].flags(), rate_limit=UNLIMITED) as intercom:
        bench = Bench(intercom=intercom, truth=counted(intercom))
        for name in ("sqlite", "postgresql") if wanted.database == "both" else (wanted.database,):
            with databases.opened(name) as database:
                print(_line(bench, database, latency=wanted.latency, turns=wanted.turns), flush=True)


def _line(bench: Bench, database: databases.Database, *, latency: int, turns: int) -> str:
    alone: list[Measured] = []
    beside: list[Measured] = []
    analysis = Analysis()
    for turn in range(turns):
        for is_beside in (False, True) if turn % 2 == 0 else (True, False):
            if is_beside:
                beside.append(bench.through_worker(latency, database, before=_fill, during=analysis.running))
            else:
                alone.append(bench.through_worker(latency, database, before=_fill))
        print(f"{database.title}: {alone[-1].seconds:.2f} s alone, {beside[-1].seconds:.2f} s beside", file=sys.stderr)
    seconds = [statistics.median(one.seconds for one in some) for some in (alone, beside)]
    cpu = [statistics.median(one.cpu for one in some) for some in (alone, beside)]
    return (
        f"| {database.title} | {seconds[0]:.2f} | {seconds[1]:.2f} | {seconds[0] / seconds[1]:.0%}"
        f" | {statistics.median(analysis.texts):,.0f} | {statistics.median(analysis.cpu):.2f} | {analysis.peak_mb:.0f}"
        f" | {cpu[0]:.2f}, {cpu[1]:.2f} |"
    )


def _fill(worker: workers.Worker) -> None:
    _backlog("fill", str(BACKLOG), worker=worker)


def _count(worker: workers.Worker) -> tuple[int, int]:
    read, waiting = _backlog("count", worker=worker).split()
    return int(read), int(waiting)


def _backlog(*arguments: str, worker: workers.Worker) -> str:
    return processes.python("benchmarks/backlog.py", *arguments, extra=worker.environment)


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--job", choices=sorted(JOBS), default="reference")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--latency", type=int, default=20, metavar="MS")
    return parser.parse_args()


if __name__ == "__main__":
    main()
