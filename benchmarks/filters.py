"""How long the server takes for filtered lists and their pickers, with a million conversations behind them.

python benchmarks/filters.py [--conversations 1000000] [--database sqlite|postgresql] [--times 5] [--plans]
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bin/gates"), str(ROOT / "benchmarks")]

import databases  # noqa: E402
import django  # noqa: E402
import pages  # noqa: E402
import processes  # noqa: E402
from django.core.management import call_command  # noqa: E402

LISTS = {
    "all": "",
    "a tag on a fifth": "tag={t0}",
    "a tag on a twentieth": "tag={t1}",
    "a tag on a hundredth": "tag={t2}",
    "a tag on 200": "tag={t3}",
    "tag, sentiment, dates": "tag={t1}&sentiment=negative&updated=last-90-days",
    "rare tag, sentiment, dates": "tag={t2}&sentiment=mixed&updated=this-year",
    "sentiment": "sentiment=negative",
    "sentiment, old dates": "sentiment=mixed&updated=..2025-01-31",
    "opened last month": "opened=last-month",
    "none of a tag, state": "tag-none={t0}&state=open",
    "all of two tags": "tag-all={t0}&tag-all={t405}",
    "no tag": "no-tag=yes",
    "customer, sentiment": "customer={customer}&sentiment=negative",
    "tier, sentiment, dates": "tier=Enterprise&sentiment=negative&updated=last-30-days",
    "assignee none, state": "assignee=none&state=open",
    "role, tag": "role=lead&tag={t1}",
}
PEOPLE = {
    "people": "",
    "people, sentiment": "sentiment=negative",
    "people, tag, sentiment, dates": "tag={t2}&sentiment=mixed&updated=last-90-days",
    "people, role": "role=lead",
}
PARTS = ["tags.any", "sentiments", "customers", "assignees", "people"]
NARROW = "sentiment=negative&updated=last-30-days"


def main() -> None:
    wanted = _wanted()
    with databases.opened(wanted.database) as database, database.fresh() as environment:
        os.environ.update(processes.environment(environment) | {"ALLOWED_HOSTS": "testserver"})
        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        import rows_of_filters as rows
        import rows_of_pages

        rows.fill(conversations=wanted.conversations)
        print(f"{database.title}, {wanted.conversations:,} conversations, median of {wanted.times}\n", flush=True)
        print("| list or picker | queries | CPU ms here | CPU ms of the server | wall ms |")
        print("| --- | ---: | ---: | ---: | ---: |")
        client = rows_of_pages.client()
        for title, address in _addresses().items():
            _row(title, pages.asking(client, address), database, times=wanted.times)


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=1_000_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="postgresql")
    parser.add_argument("--times", type=int, default=5)
    return parser.parse_args()


def _addresses() -> dict[str, str]:
    from sonora.conversations.models import Tag
    from sonora.customers.models import Customer
    from sonora.workspaces.scoping import scopes_disabled

    with scopes_disabled():
        first = Tag.objects.order_by("pk").values_list("pk", flat=True)[0]
        known = {f"t{n}": first + n for n in (0, 1, 2, 3, 405)}
        known["customer"] = Customer.objects.order_by("pk").values_list("pk", flat=True)[0]
    found = {title: f"/conversations?{query}" for title, query in LISTS.items()}
    found |= {title: f"/people?{query}" for title, query in PEOPLE.items()}
    for part in PARTS:
        found[f"picker of {part}, all"] = f"/filters/options?part={part}"
        found[f"picker of {part}, narrowed"] = f"/filters/options?part={part}&{NARROW}"
    return {title: address.format(**known) for title, address in found.items()}


def _row(title: str, ask: object, database: databases.Database, *, times: int) -> None:
    ask()  # type: ignore[operator]
    before = database.cpu()
    taken = sorted(pages.timed(ask) for _ in range(times))  # type: ignore[arg-type]
    after = database.cpu()
    theirs = "" if before is None or after is None else f"{1_000 * (after - before) / times:.0f}"
    cpu, _ = taken[times // 2]
    wall = sorted(wall for _, wall in taken)[times // 2]
    print(f"| {title} | {pages.queries(ask)} | {cpu:.0f} | {theirs} | {wall:.0f} |", flush=True)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
