"""How long the server takes for the pages of the Intercom card, with many rows behind them.

python benchmarks/pages.py [--conversations 10000] [--database sqlite|postgresql] [--times 20]
"""

import argparse
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

import served

CARD = "/settings/integrations/intercom"
PAGES = {
    "Overview": CARD,
    "Progress (each 2 or 15 s)": f"{CARD}/progress",
    "Runs": f"{CARD}/runs",
    "Run": f"{CARD}/runs/{{run}}",
    "Settings": f"{CARD}/settings",
    "Resync": f"{CARD}/resync",
    "Unreadable": f"{CARD}/unreadable",
    "Missing": f"{CARD}/missing",
    "Troubleshooting": f"{CARD}/troubleshooting",
    "Catalogue": "/settings/integrations",
    "Notices": "/settings/notices",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: questions to the database, and milliseconds of this process and of the clock, each the median."""

    title: str
    queries: int
    cpu: float
    wall: float


def main() -> None:
    wanted = _wanted()
    with served.over(wanted.database) as database:
        import rows_of_pages as rows

        run = rows.fill(conversations=wanted.conversations)
        print(f"{database.title}, {wanted.conversations:,} conversations, median of {wanted.times}\n")
        print("| page | queries | CPU ms | wall ms |\n| --- | ---: | ---: | ---: |")
        for one in _measured(rows.client(), run, times=wanted.times):
            print(f"| {one.title} | {one.queries} | {one.cpu:.0f} | {one.wall:.0f} |")


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--times", type=int, default=20)
    return parser.parse_args()


def _measured(client: object, run: int, *, times: int) -> Iterator[Measured]:
    for title, address in PAGES.items():
        ask = served.asking(client, address.format(run=run))
        ask()
        taken = [served.timed(ask) for _ in range(times)]
        yield Measured(
            title,
            served.queries(ask),
            statistics.median(cpu for cpu, _ in taken),
            statistics.median(wall for _, wall in taken),
        )


if __name__ == "__main__":
    main()
