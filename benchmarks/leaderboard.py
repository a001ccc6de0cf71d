"""How long the server takes for the pages of feature requests, and to put one more message under 10,000 of them.

python benchmarks/leaderboard.py [--quotes 100000] [--requests 10000] [--database sqlite|postgresql] [--times 20]
"""

import argparse
import statistics

import served

HOME = "/feature-requests"
PAGES = {
    "Leaderboard": HOME,
    "by ARR": f"{HOME}?sort=arr",
    "of one customer": f"{HOME}?customer={{customer}}",
    "of one status": f"{HOME}?status=planned",
    "found by words": f"{HOME}?q=wish+77",
    "found by an alias": f"{HOME}?q=SSO",
    "To check": f"{HOME}/to-check",
    "One request": f"{HOME}/{{request}}",
    "One conversation": "/conversations/{conversation}",
}


def main() -> None:
    wanted = _wanted()
    with served.over(wanted.database) as database:
        import rows_of_pages
        import rows_of_requests as rows

        some = rows.fill(quotes=wanted.quotes, requests=wanted.requests)
        print(
            f"{database.title}, {wanted.quotes:,} quotes under {wanted.requests:,} requests, median of {wanted.times}\n"
        )
        print("| what | queries | CPU ms | wall ms |\n| --- | ---: | ---: | ---: |")
        for title, address in PAGES.items():
            _line(title, served.asking(rows_of_pages.client(), address.format(**some)), wanted.times)
        _line("One more message, placed and counted", rows.one_more, wanted.times)
        _line("All pairs compared", rows.compare, 3)


def _line(title: str, act: served.Ask, times: int) -> None:
    act()
    taken = [served.timed(act) for _ in range(times)]
    cpu, wall = (statistics.median(one[part] for one in taken) for part in (0, 1))
    print(f"| {title} | {served.queries(act)} | {cpu:.0f} | {wall:.0f} |", flush=True)


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--times", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
