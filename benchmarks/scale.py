"""How long the server takes for every page, filter, search and question, with a million conversations behind them.

python benchmarks/scale.py [--database postgresql|sqlite] [--conversations N] [--times 20] [--only WORDS]
python benchmarks/scale.py --over URL [--times 20] [--only WORDS]    # a database that was filled before and migrated
"""

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import served
from databases import Database  # served found its folder

MOST_QUERIES = 15
SIZES = {"postgresql": 1_000_000, "sqlite": 50_000}
HEAD = "| what | queries | CPU p50 | CPU p95 | wall p50 | wall p95 | limit |"


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds, each the median and the 95th in a hundred; CPU is that of this process and of the database's."""

    title: str
    queries: int
    cpu: tuple[float, float]
    wall: tuple[float, float]
    limit: int

    def __str__(self) -> str:
        numbers = " | ".join(f"{one:.0f}" for one in (*self.cpu, *self.wall))
        return f"| {self.title} | {self.queries} | {numbers} | {self.limit} |"

    @property
    def misses(self) -> str:
        """Which limit is not kept, by the CPU that it takes; empty when all are."""
        said = [f"{self.cpu[1]:.0f} ms"] * (self.cpu[1] > self.limit)
        return ", ".join(said + [f"{self.queries} queries"] * (self.queries > MOST_QUERIES))


def main() -> None:
    wanted = _wanted()
    if wanted.over:
        with served.over_existing(wanted.over) as existing:
            measure(existing, times=wanted.times, only=wanted.only)
        return
    with served.over(wanted.database) as database:
        import rows_of_scale

        begun = time.monotonic()
        rows_of_scale.fill(conversations=wanted.conversations)
        print(f"Made in {time.monotonic() - begun:.0f} s.")
        measure(database, times=wanted.times, only=wanted.only)


def measure(database: Database, *, times: int, only: str = "") -> None:
    """Print a row for each whose title has *only* in it, asked *times* times, then what missed its limit."""
    import pages_of_scale
    import processes
    import rows_of_pages

    import sonora.wsgi  # noqa: F401 - a web process looks for garbage only in what its work left
    from sonora.conversations.models import Conversation
    from sonora.workspaces.models import Workspace
    from sonora.workspaces.scoping import scope

    client = rows_of_pages.client()
    with scope(workspace=Workspace.objects.get(slug=processes.WORKSPACE)):
        everything = pages_of_scale.Everything(client)
        chosen = [one for one in everything if only in one.title]
        conversations = Conversation.objects.count()
    print(f"{database.title}, {conversations:,} conversations, load average {os.getloadavg()[0]:.1f}\n")
    print(f"{HEAD}\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    done = [_measured(one, database, times=times) for one in chosen]
    missed = [f"{one.title} ({one.misses})" for one in done if one.misses]
    print(f"\n{len(done)} measured. Over the limit: {'; '.join(missed) or 'none'}.")
    print(f"Not asked: {', '.join(sorted(everything.not_asked())) or 'none'}.")


def _measured(asked: Any, database: Database, *, times: int) -> Measured:
    asked.ask()
    taken = [_once(asked.ask, database) for _ in range(times)]
    found = Measured(
        asked.title,
        served.queries(asked.counted),
        _both([cpu for cpu, _ in taken]),
        _both([wall for _, wall in taken]),
        asked.limit,
    )
    print(found, flush=True)
    return found


def _once(ask: served.Ask, database: Database) -> tuple[float, float]:
    before = database.cpu() or 0
    cpu, wall = served.timed(ask)
    return cpu + 1_000 * ((database.cpu() or 0) - before), wall


def _both(numbers: Sequence[float]) -> tuple[float, float]:
    some = sorted(numbers)
    return some[ceil(len(some) * 0.5) - 1], some[ceil(len(some) * 0.95) - 1]


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=sorted(SIZES), default="postgresql")
    parser.add_argument("--conversations", type=int)
    parser.add_argument("--over", metavar="URL", help="ask a database that is filled already, as DATABASE_URL names it")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="", help="words that the titles of what is measured have in them")
    wanted = parser.parse_args()
    wanted.conversations = wanted.conversations or SIZES[wanted.database]
    return wanted


if __name__ == "__main__":
    main()
